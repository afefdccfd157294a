// Builds dist/: the server by tsc, the pages of the console by esbuild. Types are checked by "npm run typecheck".
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')
// Built beside and moved into place, so that a second command never runs half a build.
const fresh = join(root, `dist.${process.pid}`)
const startedAt = new Date()

try {
  buildServer()
  await buildConsole()
  writeFileSync(join(fresh, '.stamp'), `${startedAt.toISOString()}\n`)
  replace()
} finally {
  rmSync(fresh, { recursive: true, force: true })
}

function buildServer() {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const args = [tsc, '-p', join(root, 'tsconfig.build.json'), '--noCheck', '--outDir', fresh]
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0) process.exit(1)
}

/** One bundle for each page: src/console/<page>/main.tsx; its HTML and styles are copied beside it. */
async function buildConsole() {
  const source = join(root, 'src', 'console')
  if (!existsSync(source)) return
  const out = join(fresh, 'console')
  mkdirSync(out, { recursive: true })
  const pages = readdirSync(source).filter((name) => existsSync(join(source, name, 'main.tsx')))
  if (pages.length > 0) {
    const { build } = await import('esbuild')
    await build({
      entryPoints: pages.map((name) => ({ in: join(source, name, 'main.tsx'), out: name })),
      outdir: out,
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      logLevel: 'warning',
    })
  }
  for (const name of readdirSync(source, { recursive: true })) {
    if (/\.(html|css|svg|png|webmanifest)$/.test(name))
      cpSync(join(source, name), join(out, name.split(/[\\/]/).at(-1)))
  }
}

function replace() {
  const old = join(root, `dist.old.${process.pid}`)
  if (existsSync(dist)) renameSync(dist, old)
  try {
    renameSync(fresh, dist)
  } catch (error) {
    // Another build was quicker: its result is as new as ours.
    if (!existsSync(join(dist, '.stamp'))) throw error
  }
  rmSync(old, { recursive: true, force: true })
}
