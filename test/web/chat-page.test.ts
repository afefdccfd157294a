import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faults, type Look, launch, looks, openContext } from './browser.ts'
import { openSite, type Site } from './site.ts'

let site: Site
let browser: Browser
beforeAll(async () => {
  site = await openSite()
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

async function openChat(look?: Look): Promise<Page> {
  const page = await (await openContext(browser, look)).newPage()
  await page.goto(site.url)
  await page.getByRole('heading', { name: 'Ask a health question' }).waitFor()
  return page
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Your message').fill(text)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
}

const answer = (page: Page) => page.locator('.theirs', { has: page.locator('.sources') })
const urgent = (page: Page) => page.locator('.theirs .notice.urgent')

describe('accessibility of the chat page, by axe', { timeout: 60_000 }, () => {
  test.each(looks)('empty, answered and in a crisis, $scheme and $width wide', async (look) => {
    const page = await openChat(look)
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'What helps a migraine?' }).click()
    await answer(page).waitFor()
    await page.getByText(/^Sources \(/).click()
    expect(await faults(page)).toEqual([])
    await say(page, 'I want to kill myself')
    await urgent(page).waitFor()
    expect(await faults(page)).toEqual([])
    await page.context().close()
  })

  test('at four times the zoom nothing sticks over what is read', async () => {
    const page = await openChat({ scheme: 'light', width: 320 })
    await page.setViewportSize({ width: 320, height: 256 })
    expect(await faults(page)).toEqual([])
    const sticky = await page.locator('.composer').evaluate((element) => getComputedStyle(element).position)
    expect(sticky).toBe('static')
    await page.context().close()
  })

  test('every target is at least 24 px in both directions', async () => {
    const page = await openChat({ scheme: 'light', width: 320 })
    await say(page, 'I want to kill myself')
    await urgent(page).waitFor()
    const small = await page.locator('button, a.button, summary').evaluateAll((all) =>
      all.flatMap((one) => {
        const { width, height } = one.getBoundingClientRect()
        return width > 0 && (width < 24 || height < 24) ? [one.textContent] : []
      }),
    )
    expect(small).toEqual([])
    await page.context().close()
  })
})

describe('the chat page', { timeout: 60_000 }, () => {
  test('tells what Salus is and whom to call before anything is written', async () => {
    const page = await openChat()
    const welcome = page.locator('.welcome')
    await expect.poll(() => welcome.textContent()).toMatch(/automated assistant, not a clinician/)
    expect(await welcome.textContent()).toMatch(/call 999/)
    expect(await welcome.locator('.examples button').count()).toBeGreaterThanOrEqual(3)
    await page.context().close()
  })

  test('is used with the keyboard alone', async () => {
    const page = await openChat()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to your message')
    await page.keyboard.press('Enter')
    await page.keyboard.type('What helps a migraine?')
    await page.keyboard.press('Enter')
    await answer(page).waitFor()
    const helped = page.getByRole('button', { name: 'This helped' })
    for (let n = 0; n < 40 && !(await helped.evaluate((one) => one === document.activeElement)); n++) {
      await page.keyboard.press('Shift+Tab')
    }
    const outline = await helped.evaluate((one) => getComputedStyle(one).outlineStyle)
    expect(outline).toBe('solid')
    await page.keyboard.press('Enter')
    await page.getByText('Good to know').waitFor()
    expect(await helped.getAttribute('aria-disabled')).toBe('true')
    expect(await helped.evaluate((one) => one === document.activeElement)).toBe(true)
    await page.context().close()
  })

  test('announces replies politely and danger at once', async () => {
    const page = await openChat()
    await say(page, 'I want to kill myself')
    await urgent(page).waitFor()
    const log = page.getByRole('log')
    expect(await log.getAttribute('aria-live')).toBe('polite')
    expect(await log.textContent()).toContain('116 123')
    expect(await page.locator('[role=alert]').textContent()).toMatch(/999|116 123/)
    await page.context().close()
  })

  test('an urgent notice says so in words and with a sign, and its number is one tap away', async () => {
    const page = await openChat()
    await say(page, 'my mum has crushing chest pain and cannot breathe')
    await urgent(page).waitFor()
    expect(await urgent(page).first().textContent()).toContain('Urgent')
    expect(await urgent(page).first().locator('svg').count()).toBe(1)
    expect(await urgent(page).first().locator('a[href="tel:999"]').count()).toBe(1)
    await page.context().close()
  })

  test('keeps the conversation through a reload, and what was pressed stays pressed', async () => {
    const page = await openChat()
    await say(page, 'What helps a migraine?')
    await page.getByRole('button', { name: 'This helped' }).click()
    await page.getByText('Good to know').waitFor()
    await page.reload()
    await answer(page).waitFor()
    const helped = page.getByRole('button', { name: 'This helped' })
    expect(await helped.getAttribute('aria-disabled')).toBe('true')
    expect(await page.locator('.mine').allTextContents()).toEqual([
      expect.stringContaining('What helps a migraine?'),
      expect.stringContaining('This helped'),
    ])
    await page.context().close()
  })

  test('says what was not sent, and sends it when asked again, once', async () => {
    const page = await openChat()
    await page.route('**/api/chat/messages', (route) => route.abort())
    await say(page, 'What helps a migraine?')
    const retry = page.getByRole('button', { name: 'Not sent. Try again' })
    await retry.waitFor()
    await page.unroute('**/api/chat/messages')
    await retry.click()
    await answer(page).waitFor()
    expect(await page.locator('.mine').count()).toBe(1)
    expect(await page.locator('.mine .foot').textContent()).toContain('Sent')
    await page.context().close()
  })

  test('an answer that was lost on the way is one message all the same', async () => {
    const page = await openChat()
    let lost = 0
    await page.route('**/api/chat/messages', async (route) => {
      if (lost++ > 0) return route.continue()
      await route.fetch()
      return route.abort()
    })
    await say(page, 'What helps a migraine?')
    await answer(page).waitFor()
    await page.reload()
    await answer(page).waitFor()
    expect(await page.locator('.mine').count()).toBe(1)
    expect(await answer(page).count()).toBe(1)
    await page.context().close()
  })

  test('every reply can be called wrong or harmful', async () => {
    const page = await openChat()
    await say(page, 'What helps a migraine?')
    await answer(page).waitFor()
    const replies = await page.locator('.theirs').count()
    expect(await page.getByRole('button', { name: 'Wrong or harmful?' }).count()).toBe(replies)
    await answer(page).getByRole('button', { name: 'Wrong or harmful?' }).click()
    await page.getByRole('button', { name: 'It could hurt someone' }).click()
    await page.getByText(/safety report/).waitFor()
    await page.context().close()
  })

  test('markup that a person writes is shown as they wrote it', async () => {
    const page = await openChat()
    await say(page, '<img src=x onerror="document.title=1"><b>hello</b>')
    await page.locator('.theirs').first().waitFor()
    expect(await page.locator('.mine .words').textContent()).toBe(
      '<img src=x onerror="document.title=1"><b>hello</b>',
    )
    expect(await page.locator('.mine img').count()).toBe(0)
    await page.context().close()
  })

  test('three times Escape leaves, and the way back does not show the conversation', async () => {
    const page = await openChat()
    // What lies behind the redirect is not ours to load: the answer is taken, the destination is made up.
    let destination = ''
    await page.route('**/leave', async (route) => {
      const response = await route.fetch({ maxRedirects: 0 })
      const { location = '', 'content-length': _, ...headers } = response.headers()
      destination = location
      await route.fulfill({
        status: 200,
        headers: { ...headers, 'content-type': 'text/html' },
        body: '<title>Elsewhere</title>',
      })
    })
    await say(page, 'What helps a migraine?')
    await answer(page).waitFor()
    for (let n = 0; n < 3; n++) await page.keyboard.press('Escape')
    await expect.poll(() => page.title()).toBe('Elsewhere')
    expect(destination).toBe('https://www.wikipedia.org/')
    expect(await page.context().cookies(site.url)).toEqual([])
    await page.goBack()
    expect(page.url()).not.toBe(`${site.url}/`)
    await page.goto(site.url)
    await page.getByRole('heading', { name: 'Ask a health question' }).waitFor()
    expect(await page.locator('.mine').count()).toBe(0)
    await page.context().close()
  })

  test('nothing comes from another host, and nothing breaks the policy', async () => {
    const page = await (await openContext(browser)).newPage()
    const hosts = new Set<string>()
    const errors: string[] = []
    page.on('request', (request) => hosts.add(new URL(request.url()).host))
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(site.url)
    await say(page, 'What helps a migraine?')
    await answer(page).waitFor()
    expect([...hosts]).toEqual([new URL(site.url).host])
    expect(errors).toEqual([])
    await page.context().close()
  })
})
