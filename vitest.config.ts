import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Tests lean on no order; another one is tried with another number.
    sequence: { shuffle: true, seed: Number(process.env.SALUS_TEST_SEED ?? 1) },
  },
})
