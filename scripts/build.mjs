// Builds dist/: the server by tsc, the pages of the console by esbuild. Types are checked by "npm run typecheck".
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')
// Built beside and moved into place, so that a second command never runs half a build.
const fresh = join(root, `dist.${process.pid}`)
const startedAt = new Date()

try {
  buildServer()
  await compileTriage()
  await compileArticles()
  if (existsSync(join(root, 'src', 'console'))) {
    const { buildPages } = await import('./pages.mjs')
    await buildPages(join(fresh, 'console'))
  }
  await drawPictures()
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

/** Compiling the rules takes a second, reading them back a tenth of it. Rules with a mistake are reported at start. */
async function compileTriage() {
  const content = process.env.SALUS_CONTENT_DIR || join(root, 'content')
  try {
    const { storeTriage } = await import(pathToFileURL(join(fresh, 'triage', 'load.js')).href)
    storeTriage(join(content, 'triage'), join(fresh, 'triage.compiled'))
  } catch (error) {
    process.stderr.write(`Triage rules were not compiled: ${error.message}\n`)
  }
}

/** Parsing the articles takes a second or two. What cannot be read is reported at start. */
async function compileArticles() {
  const content = process.env.SALUS_CONTENT_DIR || join(root, 'content')
  try {
    const { loadArticles } = await import(pathToFileURL(join(fresh, 'knowledge', 'load.js')).href)
    const { storeArticles } = await import(pathToFileURL(join(fresh, 'knowledge', 'stored-articles.js')).href)
    storeArticles(join(fresh, 'articles.compiled'), await loadArticles(join(content, 'articles')))
  } catch (error) {
    process.stderr.write(`Articles were not compiled: ${error.message}\n`)
  }
}

/** Chat platforms show no SVG: each drawing of the articles becomes a PNG, twice the size it is shown at. */
async function drawPictures() {
  const drawings = join(process.env.SALUS_CONTENT_DIR || join(root, 'content'), 'pictures')
  if (!existsSync(drawings)) return
  const { Resvg } = await import('@resvg/resvg-js')
  const folder = join(fresh, 'console', 'pictures')
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(drawings).filter((each) => each.endsWith('.svg'))) {
    const drawing = new Resvg(readFileSync(join(drawings, name), 'utf8'), {
      fitTo: { mode: 'width', value: 1280 },
    })
    writeFileSync(join(folder, name.replace('.svg', '.png')), drawing.render().asPng())
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
