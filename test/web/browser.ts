import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Chromium as named by SALUS_CHROMIUM, or found on PATH. Throws with what to install. */
export function findChromium(): string {
  const named = process.env.SALUS_CHROMIUM
  const places = named
    ? [named]
    : (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  const found = places.find(runs)
  if (found) return found
  throw new Error(
    'The browser tests need Chromium: run "apt-get install -y chromium", or set SALUS_CHROMIUM to its path.',
  )
}

function runs(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

export interface Look {
  readonly scheme: 'light' | 'dark'
  readonly width: number
}

/** The looks that every state of every page must stand. */
export const looks: readonly Look[] = [
  { scheme: 'light', width: 320 },
  { scheme: 'light', width: 1280 },
  { scheme: 'dark', width: 320 },
  { scheme: 'dark', width: 1280 },
]

export function openContext(browser: Browser, look: Look = looks[1]!): Promise<BrowserContext> {
  return browser.newContext({
    colorScheme: look.scheme,
    viewport: { width: look.width, height: 800 },
    reducedMotion: 'reduce',
  })
}

/** What axe finds against WCAG 2.2 AA and its best practices, one line a rule; and whether the page scrolls sideways. */
export async function faults(page: Page): Promise<readonly string[]> {
  // The whole page in view: what a sticky part happens to cover is no fault of the part that is covered.
  const size = page.viewportSize() ?? { width: 1280, height: 800 }
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ ...size, height: Math.max(size.height, height + 100) })
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  await page.setViewportSize(size)
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
    ...(sideways > 0 ? [`scrolls sideways by ${sideways} px`] : []),
  ]
}
