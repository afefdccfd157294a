import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { faults, launch, looks, openContext } from './browser.ts'
import { bea, openSite, type Site, type Visitor } from './site.ts'

/** Where pictures of each state are put, for people to look at; nowhere unless named. */
const pictures = process.env.SALUS_PICTURES

let site: Site
let browser: Browser
beforeEach(async () => {
  site = await openSite()
  await site.state.store.saveStaff(bea)
  browser = await launch()
})
afterEach(async () => {
  await browser?.close()
  await site?.close()
})

async function signIn(link: string, context?: BrowserContext): Promise<Page> {
  const page = await (context ?? (await openContext(browser))).newPage()
  await page.goto(link)
  await page.waitForURL(`${site.url}/staff`)
  await page.getByText('Live', { exact: true }).waitFor()
  return page
}
const sam = () => signIn(site.staffLink)
const beaPage = () => signIn(site.staffLinkFor(bea.id))

async function said(text: string): Promise<Visitor> {
  const visitor = site.visitor()
  await visitor.say(text)
  await visitor.reply((entry) => entry.text.length > 0)
  return visitor
}
const crisis = () => said('I am Maria Lopez and I want to kill myself')
const emergency = () => said('my dad has crushing chest pain and his left arm is numb')
const links = (page: Page) => page.locator('.case-link')

describe('two browsers', { timeout: 90_000 }, () => {
  test('who claims first has the case, and the other sees who', async () => {
    const pages = await Promise.all([sam(), beaPage()])
    await crisis()
    for (const page of pages) await links(page).first().click()
    const claims = pages.map((page) => page.getByRole('button', { name: 'Claim: I will answer' }))
    for (const claim of claims) await claim.waitFor()
    await Promise.all(claims.map((claim) => claim.click({ timeout: 5_000 }).catch(() => {})))
    const winner = await Promise.race(
      pages.map(async (page, index) => {
        await page.getByLabel(/^Write to/).waitFor()
        return index
      }),
    )
    const loser = pages[1 - winner]!
    await loser.getByText(`${winner === 0 ? 'Sam' : 'Bea'} has this case`).waitFor()
    expect(await loser.getByLabel(/^Write to/).count()).toBe(0)
    expect(await loser.getByRole('button', { name: 'Claim: I will answer' }).count()).toBe(0)
  })

  test('both lists stay in step without being asked, worst first', async () => {
    const pages = await Promise.all([sam(), beaPage()])
    await crisis()
    for (const page of pages) await links(page).first().waitFor()
    await emergency()
    for (const page of pages) {
      await expect
        .poll(() => links(page).locator('.tag').allTextContents())
        .toEqual(['▲▲Emergency', '▲Crisis'])
    }
    await links(pages[0]!).first().click()
    await pages[0]!.getByRole('button', { name: 'Claim: I will answer' }).click()
    await links(pages[1]!).first().getByText('Sam has it').waitFor()
    await pages[1]!.getByRole('button', { name: /^No owner/ }).click()
    await expect.poll(() => links(pages[1]!).count()).toBe(1)
    await pages[0]!.getByRole('button', { name: /^Mine/ }).click()
    await expect.poll(() => links(pages[0]!).count()).toBe(1)
  })

  test('words go to the web chat and come back', async () => {
    const page = await sam()
    const chat = await (await openContext(browser)).newPage()
    await chat.goto(site.url)
    await chat.getByRole('textbox').fill('I want to kill myself')
    await chat.keyboard.press('Enter')
    await links(page).first().click()
    await page.getByRole('button', { name: 'Claim: I will answer' }).click()
    await page.getByLabel(/^Write to/).fill('I am here with you.')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await chat.getByText('Sam, volunteer, not a clinician: I am here with you.').first().waitFor()
    await page.locator('.line.staff', { hasText: 'I am here with you' }).getByText('arrived').waitFor()
    await chat.getByRole('textbox').fill('good that you are there')
    await chat.keyboard.press('Enter')
    await page.locator('.line.contact', { hasText: 'good that you are there' }).waitFor()
  })

  test('a page that lost the line says so, and has what it missed when it is back', async () => {
    const context = await openContext(browser)
    const page = await signIn(site.staffLink, context)
    await context.setOffline(true)
    await page.getByText('No connection: what you see may be old').waitFor()
    await crisis()
    await context.setOffline(false)
    await links(page).first().waitFor()
    await page.getByText('Live', { exact: true }).waitFor()
  })
})

describe('by keyboard', { timeout: 90_000 }, () => {
  test('from the list to an answer and to the end, with no mouse', async () => {
    const page = await sam()
    await emergency()
    const visitor = await crisis()
    await expect.poll(() => links(page).count()).toBe(2)
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
    expect(await focused()).toContain('Crisis')
    await page.keyboard.press('k')
    expect(await focused()).toContain('Emergency')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Claim: I will answer' }).waitFor()
    await page.keyboard.press('c')
    await page.getByLabel(/^Write to/).waitFor()
    await page.keyboard.press('r')
    await page.keyboard.type('I am here, cjk.')
    await page.keyboard.press('Control+Enter')
    await visitor.reply((entry) => /I am here, cjk\./.test(entry.text))
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    await page.keyboard.type('suicide')
    await expect.poll(() => links(page).count()).toBe(1)
    await page.keyboard.press('Escape')
    await page.keyboard.press('e')
    await page.getByRole('dialog').getByRole('button', { name: /^Yes/ }).press('Enter')
    await visitor.reply((entry) => /has closed this conversation/.test(entry.text))
  })

  test('the focus stays on its case when the list moves', async () => {
    const page = await sam()
    await crisis()
    await links(page).first().focus()
    const name = await page.evaluate(() => document.activeElement?.querySelector('strong')?.textContent)
    await emergency()
    await expect.poll(() => links(page).count()).toBe(2)
    expect(await page.evaluate(() => document.activeElement?.querySelector('strong')?.textContent)).toBe(name)
  })
})

describe('every state, in every look', { timeout: 180_000 }, () => {
  test('empty, alarm, open, claimed, a dialog, offline, Spanish', async () => {
    const context = await openContext(browser)
    const page = await signIn(site.staffLink, context)
    await stands(page, 'empty')
    await emergency()
    await crisis()
    await page.getByRole('alert').getByText('self-harm or suicide').waitFor()
    await stands(page, 'alarm')
    await links(page).nth(1).click()
    await page.getByRole('heading', { name: 'What raised this' }).waitFor()
    await stands(page, 'open')
    await page.getByRole('button', { name: 'Claim: I will answer' }).click()
    await page.getByLabel(/^Write to/).waitFor()
    await stands(page, 'claimed')
    await page.getByRole('button', { name: 'Snooze', exact: true }).click()
    await stands(page, 'snooze')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await stands(page, 'keys')
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Figures' }).click()
    await page.getByText('fewer than 5').first().waitFor()
    await page.getByText('As a table').first().click()
    await stands(page, 'figures')
    await page.goBack()
    await page.getByRole('heading', { name: 'What raised this' }).waitFor()
    await page.getByRole('button', { name: 'Español' }).click()
    await page.getByText('Lo que lo causó').waitFor()
    await stands(page, 'spanish')
    await context.setOffline(true)
    await page.getByText('Sin conexión').waitFor()
    await stands(page, 'offline')
  })
})

async function stands(page: Page, state: string): Promise<void> {
  for (const { scheme, width } of looks) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width, height: 800 })
    if (pictures) {
      mkdirSync(pictures, { recursive: true })
      await page.screenshot({ path: join(pictures, `${state}-${scheme}-${width}.png`) })
    }
    expect(await faults(page), `${state}, ${scheme} ${width}`).toEqual([])
  }
}
