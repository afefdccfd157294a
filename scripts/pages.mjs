// Builds the pages of src/console into a folder: one bundle for each page, its HTML and styles beside it.
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const source = join(dirname(dirname(fileURLToPath(import.meta.url))), 'src', 'console')

/** @param {string} out */
export async function buildPages(out) {
  mkdirSync(out, { recursive: true })
  const pages = readdirSync(source).filter((name) => existsSync(join(source, name, 'main.tsx')))
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
  for (const name of readdirSync(source, { recursive: true })) {
    const file = String(name)
    if (/\.(html|css|svg|png|webmanifest)$/.test(file)) {
      cpSync(join(source, file), join(out, String(file.split(/[\\/]/).at(-1))))
    }
  }
}
