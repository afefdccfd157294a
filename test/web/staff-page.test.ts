import type { Browser, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { localWorkspace } from '../../src/open-state.ts'
import { faults, launch, looks, openContext } from './browser.ts'
import { bea, openSite, type Site, until, type Visitor } from './site.ts'

let site: Site
let browser: Browser
beforeEach(async () => {
  site = await openSite()
  browser = await launch()
})
afterEach(async () => {
  await browser?.close()
  await site?.close()
})

async function openStaff(): Promise<Page> {
  const page = await (await openContext(browser)).newPage()
  await page.goto(site.staffLink)
  await page.waitForURL(`${site.url}/staff`)
  await page.getByText('Live', { exact: true }).waitFor()
  return page
}

async function inCrisis(): Promise<Visitor> {
  const visitor = site.visitor()
  await visitor.say('I am Maria Lopez and I want to kill myself')
  await visitor.reply((entry) => entry.urgent === true)
  return visitor
}

const caseLink = (page: Page) => page.locator('.case-link').first()

describe('the staff page', { timeout: 60_000 }, () => {
  test('tells of an alarm at once: on the page, in the title, and to the person', async () => {
    const page = await openStaff()
    expect(await page.title()).toBe('Salus staff')
    const visitor = await inCrisis()
    const alert = page.getByRole('alert')
    await alert.getByText('self-harm or suicide').waitFor()
    await expect.poll(() => page.title()).toBe('! (1) Salus staff')
    expect(await page.textContent('body')).not.toMatch(/Maria|kill/)
    expect(await visitor.reply((entry) => /told the team/.test(entry.text))).toBeDefined()
  })

  test('claim, write, read the answer, close', async () => {
    const page = await openStaff()
    const visitor = await inCrisis()
    await caseLink(page).click()
    await page.getByRole('heading', { name: 'What raised this' }).waitFor()
    expect(await page.locator('.raised mark').first().textContent()).toMatch(/kill myself/)
    expect(await page.getByLabel(/^Write to/).count()).toBe(0)
    await page.getByRole('button', { name: 'Claim: I will answer' }).click()
    await page.getByLabel(/^Write to/).fill('I am here.')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await visitor.reply((entry) => /Sam, volunteer, not a clinician: I am here/.test(entry.text))
    await visitor.say('good that you are there')
    await page.locator('.line.contact', { hasText: 'good that you are there' }).waitFor()
    await page.getByRole('button', { name: /Show the whole conversation/ }).click()
    await page.getByRole('button', { name: 'Show details' }).first().click()
    await page.locator('.line.contact', { hasText: 'Maria Lopez' }).waitFor()
    await page.getByRole('button', { name: 'Resolve', exact: true }).click()
    await page.getByRole('button', { name: 'Yes, close it' }).click()
    await page.getByText('Nobody is waiting').waitFor()
    await visitor.reply((entry) => /has closed this conversation/.test(entry.text))
  })

  test('says plainly that somebody else has a case', async () => {
    await site.state.store.saveStaff(bea)
    await inCrisis()
    const open = await until(async () => (await site.state.store.cases(localWorkspace))[0])
    await site.state.store.enqueue({
      key: 'bea-claims',
      conversation: open.conversation,
      payload: { kind: 'staff_action', staff: bea.id, caseId: open.id, action: { kind: 'claim' } },
      level: open.level,
      at: Date.now(),
    })
    site.state.bus.publish('inbox')
    const page = await openStaff()
    await caseLink(page).click()
    await page.getByText('Bea has this case').waitFor()
    expect(await page.getByLabel(/^Write to/).count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Claim: I will answer' }).count()).toBe(0)
  })

  test('without a sign-in there is nothing but how to get one', async () => {
    await inCrisis()
    const page = await (await openContext(browser)).newPage()
    await page.goto(`${site.url}/staff`)
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await page.textContent('body')).not.toMatch(/crisis/i)
    expect(await faults(page)).toEqual([])
  })
})

describe('accessibility of the staff page, by axe', { timeout: 60_000 }, () => {
  test('list, alarm and open case, in every look', async () => {
    const page = await openStaff()
    expect(await faults(page)).toEqual([])
    await inCrisis()
    await page.getByRole('alert').getByText('self-harm or suicide').waitFor()
    for (const { scheme, width } of looks) {
      await page.emulateMedia({ colorScheme: scheme })
      await page.setViewportSize({ width, height: 800 })
      expect(await faults(page), `list, ${scheme} ${width}`).toEqual([])
    }
    await caseLink(page).click()
    await page.getByRole('button', { name: 'Claim: I will answer' }).click()
    await page.getByLabel(/^Write to/).waitFor()
    for (const { scheme, width } of looks) {
      await page.emulateMedia({ colorScheme: scheme })
      await page.setViewportSize({ width, height: 800 })
      expect(await faults(page), `case, ${scheme} ${width}`).toEqual([])
    }
  })
})
