// Draws what Salus sends to Discord, light and dark: docs/images/discord-*.png. The words are those of a real
// conversation with the double of the tests; the drawing is that of @skyra/discord-components-core.
// Run: npx tsx scripts/discord-pictures.mts
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { localWorkspace } from '../src/open-state.ts'
import { makeLinkCode } from '../src/staff-accounts.ts'
import { systemClock, systemRandom } from '../src/system.ts'
import { type Shown, staffChannel } from '../test/adapters/discord-double.ts'
import type { DiscordPerson } from '../test/adapters/discord-person.ts'
import { openDiscordSite } from '../test/adapters/discord-site.ts'
import { wordsOf } from '../test/adapters/discord-words.ts'
import { launch } from '../test/web/browser.ts'
import { until } from '../test/web/site.ts'

const out = join(import.meta.dirname, '..', 'docs', 'images')
const width = 760
type Json = Readonly<Record<string, unknown>>
const list = (value: unknown) => (Array.isArray(value) ? (value as readonly Json[]) : [])
const escaped = (text: unknown) =>
  String(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** Discord's Markdown within a line, as far as Salus writes it. */
function inline(text: string): string {
  return escaped(text)
    .replace(/\[((?:\\.|[^\]\\])*)\]\(&lt;(.*?)&gt;\)/g, '<discord-link href="$2">$1</discord-link>')
    .replace(/\*\*(.+?)\*\*/g, '<discord-bold>$1</discord-bold>')
    .replace(/(?<![\\*])\*([^*]+)\*/g, '<discord-italic>$1</discord-italic>')
    .replace(/\\([\\*_~`|>[\]()#.-])/g, '$1')
}

function line(text: string): string {
  const [, mark = '', words = ''] = /^(-# (?:- )?|> |- |\d+\. )?(.*)$/.exec(text) ?? []
  const inner = inline(words)
  if (mark.startsWith('-#'))
    return `<discord-subscript>${mark.endsWith('- ') ? '• ' : ''}${inner}</discord-subscript>`
  if (mark === '> ') return `<discord-quote>${inner}</discord-quote>`
  if (mark === '- ') return `&nbsp;• ${inner}<br>`
  return `${escaped(mark)}${inner}<br>`
}

function component(one: Json): string {
  if (one.type === 10) return String(one.content).split('\n').map(line).join('')
  if (one.type === 1)
    return `<discord-action-row>${list(one.components).map(component).join('')}</discord-action-row>`
  if (one.type === 2) {
    const kind = ['', 'primary', 'secondary', 'success', 'destructive'][Number(one.style)] ?? 'secondary'
    return `<discord-button type="${kind}">${escaped(one.label)}</discord-button>`
  }
  if (one.type === 3)
    return `<discord-string-select-menu placeholder="${escaped(one.placeholder)}"></discord-string-select-menu>`
  if (one.type === 12) return ''
  if (one.type === 17) {
    const accent = Number(one.accent_color ?? 0)
      .toString(16)
      .padStart(6, '0')
    return `<div class="box" style="border-left-color:#${accent}">${list(one.components).map(component).join('')}</div>`
  }
  throw new Error(`no drawing for ${String(one.type)}`)
}

const message = (author: string, body: string, more = '') =>
  `<discord-message author="${author}" timestamp="12:04" avatar="${face(author)}" ${more}>${body}</discord-message>`
const salus = (...shown: readonly Shown[]) =>
  shown
    .map(({ body }) => {
      const parts = [...(body.content ? [{ type: 10, content: body.content }] : []), ...list(body.components)]
      const rows = parts.filter(({ type }) => type === 1)
      const words = parts.filter(({ type }) => type !== 1)
      const below = rows.length > 0 ? `<div slot="components">${rows.map(component).join('')}</div>` : ''
      return message('Salus', words.map(component).join('') + below, 'bot')
    })
    .join('')
const said = (author: string, text: string) => message(author, escaped(text))
/** A circle with a letter: no picture of anybody. */
function face(name: string): string {
  const colour = name === 'Salus' ? '#0b6e6e' : '#88aa66'
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 40'><rect width='40' height='40' fill='${colour}'/><text x='20' y='27' font-family='sans-serif' font-size='20' fill='white' text-anchor='middle'>${name[0]}</text></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
const place = (title: string, body: string, light: boolean) =>
  `<h2>${title}</h2><discord-messages no-background ${light ? 'light-theme' : ''}>${body}</discord-messages>`

const drawing = await build({
  entryPoints: [fileURLToPath(import.meta.resolve('@skyra/discord-components-core'))],
  bundle: true,
  write: false,
  format: 'esm',
  logLevel: 'error',
})
const site = await openDiscordSite()
const browser = await launch()
try {
  const { double } = site
  const to = (channel: string, words: RegExp) => (one: Shown) =>
    one.channel === channel && words.test(wordsOf(one.body))
  /** Where it stands, what stands there: drawn once for each theme. */
  const pages: Record<string, readonly (readonly [title: string, messages: string])[]> = {}
  const met = async (): Promise<DiscordPerson> => {
    const person = site.person()
    person.say('help')
    await double.seen(to(person.direct, /You can say/))
    return person
  }

  const ana = await met()
  ana.say('What helps a migraine?')
  const answer = await double.seen(to(ana.direct, /Sourced/))
  pages.answer = [['Direct message', said('Ana', 'What helps a migraine?') + salus(answer)]]

  const boss = site.person()
  boss.manages = true
  double.closedChannels.add(staffChannel)
  const staffPlace = {
    command: 'health-admin',
    channel_id: staffChannel,
    channel: { id: staffChannel, type: 0 },
  }
  await boss.answerTo(boss.command('staff-room', { show: 'on' }, staffPlace))
  const ben = await met()
  const { id } = ben.mention('I want to kill myself tonight')
  const open = await double.seen(({ channel }) => channel === id)
  const alone = await double.seen(to(ben.direct, /glad you told me/i))
  pages.crisis = [
    ['# general', said('Ben', '@Salus (what Ben wrote)') + salus(open)],
    ['Direct message · seen by Ben alone', salus(alone)],
  ]

  const card = await double.seen(to(staffChannel, /self harm/))
  const waiting = salus({ ...card })
  const [volunteer] = await site.state().store.staff(localWorkspace)
  if (!volunteer) throw new Error('the demo has a volunteer')
  const parts = { store: site.state().store, clock: systemClock, random: systemRandom }
  await boss.answerTo(boss.command('link', { code: await makeLinkCode(parts, volunteer) }))
  boss.press(card, /Claim/)
  await until(async () => (/Sam has it/.test(wordsOf(card.body)) ? true : undefined))
  pages.staff = [
    ['# staff (private) · a new case', waiting],
    ['# staff (private) · claimed', salus(card)],
  ]

  const page = await browser.newPage({ viewport: { width, height: 300 }, deviceScaleFactor: 1.5 })
  const script = drawing.outputFiles[0]?.text ?? ''
  for (const [name, places] of Object.entries(pages)) {
    for (const light of [true, false]) {
      const colours = light ? 'background:#fff;color:#313338' : 'background:#313338;color:#dbdee1'
      const body = places.map(([title, messages]) => place(title, messages, light)).join('')
      await page.setContent(
        `<!doctype html><meta charset="utf-8"><style>body{margin:0;padding:12px 4px;width:${width - 8}px;font-family:"Noto Sans",sans-serif;${colours}}h2{font-size:15px;margin:10px 16px 2px;opacity:.75}.box{border:1px solid #8884;border-left-width:4px;border-radius:8px;padding:8px 12px;margin:4px 0;max-width:560px}</style><body>${body}`,
      )
      await page.addScriptTag({ content: script, type: 'module' })
      await page.waitForFunction(() => document.querySelector('discord-message')?.shadowRoot !== undefined)
      await page.waitForTimeout(400)
      const path = join(out, `discord-${name}${light ? '' : '-dark'}.png`)
      await page.screenshot({ path, fullPage: true })
      process.stdout.write(`${path}\n`)
    }
  }
} finally {
  await browser.close()
  await site.close()
}
