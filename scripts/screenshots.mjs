// Renews docs/images: runs the demo on data of its own, plays a short conversation in Chromium and takes pictures.
// node scripts/screenshots.mjs [folder]; needs a build, and Chromium on PATH or named by SALUS_CHROMIUM.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const out = process.argv[2] ?? join(root, 'docs', 'images')
const data = mkdtempSync(join(tmpdir(), 'salus-screenshots-'))
const port = process.env.SALUS_PORT ?? '8199'

mkdirSync(out, { recursive: true })
const server = spawn(
  process.execPath,
  [join(root, 'bin', 'salus.mjs'), 'start', '--demo', '--country', 'GB'],
  {
    env: { ...process.env, SALUS_DATA_DIR: data, SALUS_PORT: port, SALUS_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  },
)
const browser = await chromium.launch({
  executablePath: process.env.SALUS_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
})
try {
  const { chat, staff } = await links()
  await play(chat, staff)
} finally {
  await browser.close()
  server.kill('SIGTERM')
  await new Promise((resolve) => server.once('exit', resolve))
  rmSync(data, { recursive: true, force: true })
}

/** The addresses that the demo prints once it runs. */
function links() {
  return new Promise((resolve, reject) => {
    let text = ''
    server.stdout.on('data', (chunk) => {
      text += chunk
      const chat = /Chat page\s+(\S+)/.exec(text)?.[1]
      const staff = /Staff page\s+(\S+)/.exec(text)?.[1]
      if (chat && staff) resolve({ chat, staff })
    })
    server.once('exit', (code) => reject(new Error(`the demo ended with ${code}`)))
  })
}

async function play(chat, staffLink) {
  const staff = await open({ width: 1280, height: 860 })
  await staff.goto(staffLink)
  await staff.getByText('Live', { exact: true }).waitFor()

  const asks = await open({ width: 900, height: 940 })
  await asks.goto(chat)
  await asks.getByRole('button', { name: 'What helps a migraine?' }).click()
  await asks.locator('.sources').waitFor()
  await asks.getByText(/^Sources \(/).click()
  await asks
    .locator('.mine')
    .first()
    .evaluate((one) => one.scrollIntoView({ block: 'start' }))
  await asks.waitForTimeout(500)
  await asks.screenshot({ path: join(out, 'chat.png') })

  const calls = await open({ width: 390, height: 844, colorScheme: 'dark' })
  await calls.goto(chat)
  await say(calls, "My dad's face is drooping and he can't lift his arm")
  await calls.locator('.theirs .notice.urgent').waitFor()
  await calls.waitForTimeout(800)
  await calls.screenshot({ path: join(out, 'chat-emergency.png') })

  const talks = await open({ width: 900, height: 860 })
  await talks.goto(chat)
  await say(talks, "honestly i don't want to be alive anymore")
  await talks.locator('.theirs .notice.urgent').waitFor()

  await staff.locator('.case-link', { hasText: 'Crisis' }).click()
  await staff.getByRole('button', { name: 'Claim: I will answer' }).click()
  await staff.getByLabel(/^Write to/).fill('Hello, I am Sam. I am glad you wrote. Is anyone with you?')
  await staff.getByRole('button', { name: 'Send', exact: true }).click()
  await staff.locator('.line.staff', { hasText: 'Is anyone with you?' }).waitFor()
  await staff.evaluate(() => window.scrollTo(0, 0))
  await staff.waitForTimeout(800)
  await staff.screenshot({ path: join(out, 'staff.png') })
}

async function open({ width, height, colorScheme = 'light' }) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    reducedMotion: 'reduce',
  })
  return context.newPage()
}

async function say(page, text) {
  await page.getByLabel('Your message').fill(text)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
}
