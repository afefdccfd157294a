import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Longest on a machine of two busy cores: some tests read all content, others start the whole program.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Tests lean on no order; another one is tried with another number.
    sequence: { shuffle: true, seed: Number(process.env.SALUS_TEST_SEED ?? 1) },
  },
})
