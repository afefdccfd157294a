// Draws what Salus sends to Slack, light and dark: docs/images/slack-*.png. The words are those of a real conversation
// with the double of the tests; the drawing is ours, after Slack's client, for nobody may run that one here.
// Run: npx tsx scripts/slack-pictures.mts
import { join } from 'node:path'
import { localWorkspace } from '../src/open-state.ts'
import { makeLinkCode } from '../src/staff-accounts.ts'
import { systemClock, systemRandom } from '../src/system.ts'
import { buttonsOf, type Shown, staffRoom, wordsOf } from '../test/adapters/slack-double.ts'
import { openSlackSite } from '../test/adapters/slack-site.ts'
import { launch } from '../test/web/browser.ts'
import { until } from '../test/web/site.ts'

const out = join(import.meta.dirname, '..', 'docs', 'images')
type Json = Readonly<Record<string, unknown>>
const list = (value: unknown) => (Array.isArray(value) ? (value as readonly Json[]) : [])
const escaped = (text: unknown) =>
  String(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\n', '<br>')
/** No font here has pictures: signs of our own stand for them. */
const dot = (colour: string) => `<span class="dot" style="background:${colour}"></span>`
const sign = (colour: string, text: string) =>
  `<span class="sign" style="background:${colour}">${text}</span>`
const emoji: Readonly<Record<string, string>> = {
  information_source: sign('#1264a3', 'i'),
  warning: sign('#b7791f', '!'),
  rotating_light: sign('#c01343', '!'),
  red_circle: dot('#d0021b'),
  large_orange_circle: dot('#f5a623'),
  large_yellow_circle: dot('#f8d210'),
  white_circle: dot('#ccc'),
}

function inline(one: Json): string {
  const bold = (one.style as { bold?: boolean } | undefined)?.bold === true
  if (one.type === 'emoji') return emoji[String(one.name)] ?? ''
  if (one.type === 'link') return `<a>${escaped(one.text)}</a>`
  return bold ? `<b>${escaped(one.text)}</b>` : escaped(one.text)
}

function richPart(part: Json): string {
  const inner = list(part.elements)
  if (part.type === 'rich_text_list') {
    const tag = part.style === 'ordered' ? 'ol' : 'ul'
    const items = inner.map((item) => `<li>${list(item.elements).map(inline).join('')}</li>`).join('')
    return `<${tag} start="${Number(part.offset ?? 0) + 1}">${items}</${tag}>`
  }
  const words = inner.map(inline).join('')
  return part.type === 'rich_text_quote' ? `<blockquote>${words}</blockquote>` : `<p>${words}</p>`
}

/** Slack's own markup, as far as our cards use it. */
function marked(text: unknown): string {
  return escaped(text)
    .replace(/:([a-z_]+):/g, (whole, name: string) => emoji[name] ?? whole)
    .replace(/\*([^*]+)\*/g, '<b>$1</b>')
    .replace(/_([^_]+)_/g, '<i>$1</i>')
}

function control(one: Json): string {
  if (one.type === 'static_select')
    return `<span class="menu">${escaped((one.placeholder as Json).text)} <i>▾</i></span>`
  return `<span class="button ${String(one.style ?? '')}">${escaped((one.text as Json).text)}</span>`
}

function block(given: Json): string {
  const text = (given.text as Json | undefined)?.text
  switch (given.type) {
    case 'rich_text':
      return list(given.elements).map(richPart).join('')
    case 'section':
      return `<p>${marked(text)}</p>`
    case 'header':
      return `<h2>${escaped(text)}</h2>`
    case 'divider':
      return '<hr>'
    case 'context':
      return `<p class="context">${list(given.elements)
        .map((one) => escaped(one.text))
        .join(' ')}</p>`
    case 'actions':
      return `<div class="actions">${list(given.elements).map(control).join('')}</div>`
    case 'input': {
      const element = given.element as Json
      const menu = element.type === 'static_select'
      const size = element.multiline === true ? 'tall' : ''
      return `<label>${escaped((given.label as Json).text)}${given.optional ? ' <i>(optional)</i>' : ''}</label><div class="input ${size}">${menu ? '▾' : ''}</div>`
    }
    default:
      throw new Error(`no drawing for ${String(given.type)}`)
  }
}

const drawn = (blocks: unknown) => list(blocks).map(block).join('')
const bodyOf = ({ blocks, text }: Pick<Shown, 'blocks' | 'text'>) =>
  blocks.length > 0 ? drawn(blocks) : `<p>${escaped(text)}</p>`
const line = (name: string, body: string, app = false) =>
  `<div class="line"><span class="face ${app ? 'app' : ''}">${name[0]}</span><div><b class="name">${name}</b>${app ? '<span class="tag">APP</span>' : ''} <span class="at">12:04</span>${body}</div></div>`
const salus = (one: Pick<Shown, 'blocks' | 'text'>) => line('Salus', bodyOf(one), true)
const said = (name: string, text: string) => line(name, `<p>${escaped(text)}</p>`)
const place = (title: string, body: string) => `<section><header>${title}</header>${body}</section>`

const style = `
body{margin:0;font:15px/1.46 "Noto Sans",Lato,sans-serif;width:760px}
main{padding:20px;display:grid;gap:18px}
section{border:1px solid var(--edge);border-radius:10px;overflow:hidden;background:var(--paper);padding-bottom:10px}
header{font-weight:700;padding:10px 16px;border-bottom:1px solid var(--edge);margin-bottom:8px}
.line{display:flex;gap:10px;padding:6px 16px}.line>div{min-width:0;flex:1}
.face{width:36px;height:36px;border-radius:8px;background:#8a6;color:#fff;display:grid;place-items:center;font-weight:700;flex:none}
.face.app{background:#0b6e6e}.name{font-weight:800}.tag{font-size:10px;background:var(--edge);border-radius:3px;padding:1px 4px;margin-left:6px;vertical-align:2px}
.at{font-size:12px;opacity:.65;margin-left:4px}.dot{display:inline-block;width:13px;height:13px;border-radius:50%;vertical-align:-1px}.sign{display:inline-block;min-width:17px;border-radius:5px;color:#fff;text-align:center;font:700 13px/17px sans-serif;vertical-align:1px}p{margin:4px 0}ul,ol{margin:4px 0;padding-left:24px}
a{color:var(--link)}blockquote{border-left:4px solid var(--edge);margin:4px 0;padding-left:12px}
.actions{display:flex;flex-wrap:wrap;gap:8px;margin:8px 0}.button,.menu{border:1px solid var(--line);border-radius:8px;padding:4px 12px;font-weight:700;font-size:14px}
.menu{font-weight:400;min-width:120px}.menu i{float:right;margin-left:16px}
.button.primary{background:#007a5a;color:#fff;border-color:#007a5a}.button.danger{color:var(--danger);border-color:var(--danger)}
.context{font-size:13px;opacity:.75}h2{font-size:20px;margin:4px 0 8px}hr{border:0;border-top:1px solid var(--edge);margin:12px 0}
.page{padding:6px 16px}label{display:block;font-weight:700;margin-top:10px}label i{font-weight:400;opacity:.7}
.input{border:1px solid var(--line);border-radius:8px;min-height:22px;padding:6px 10px;margin:4px 0;text-align:right}.input.tall{min-height:70px}`
const themes = {
  light:
    '--paper:#fff;--edge:#ddd;--line:#aaa;--link:#1264a3;--danger:#c01343;color:#1d1c1d;background:#f6f6f6',
  dark: '--paper:#1a1d21;--edge:#3c4045;--line:#6b7075;--link:#4db2f0;--danger:#ff6b81;color:#e0e1e3;background:#111316',
} as const

const site = await openSlackSite('http')
const browser = await launch()
try {
  const to = (channel: string, words: RegExp) => (one: Shown) =>
    one.channel === channel && words.test(wordsOf(one))
  const pages: Record<string, string> = {}
  const view = async (open: () => Promise<unknown>): Promise<Json> => {
    const before = site.double.views.length
    await open()
    return JSON.parse((await until(async () => site.double.views[before])).view) as Json
  }

  const ana = site.person()
  await ana.say('What helps a migraine?')
  const answer = await site.double.seen(to(ana.direct, /Sourced/))
  pages.answer = place('Salus', said('Ana', 'What helps a migraine?') + salus(answer))

  const boss = site.person()
  site.double.admins.add(boss.id)
  site.double.closedRooms.add(staffRoom)
  await boss.command('staff-room', staffRoom)
  const ben = site.person()
  const { ts } = await ben.mention('I want to kill myself tonight')
  const open = await site.double.seen(({ thread }) => thread === ts)
  const alone = await site.double.seen(to(ben.direct, /glad you told me/i))
  pages.crisis =
    place('# general', said('Ben', '@Salus (what Ben wrote)') + salus(open)) +
    place('Salus · seen by Ben alone', salus(alone))

  const card = await site.double.seen(({ channel, thread }) => channel === staffRoom && !thread)
  const waiting = salus({ ...card })
  const [volunteer] = await site.state().store.staff(localWorkspace)
  if (!volunteer) throw new Error('the demo has a volunteer')
  const parts = { store: site.state().store, clock: systemClock, random: systemRandom }
  await boss.command(`link ${await makeLinkCode(parts, volunteer)}`)
  await boss.press(card, /Claim/)
  await until(async () => (/Sam has it/.test(wordsOf(card)) && buttonsOf(card).length > 0 ? true : undefined))
  pages.staff =
    place('staff (private) · a new case', waiting) + place('staff (private) · claimed', salus(card))

  const { ts: asked } = await ana.mention('What are the signs of a stroke?')
  const publicly = await site.double.seen(({ thread }) => thread === asked)
  pages.thread = place(
    '# general · thread',
    said('Ana', '@Salus What are the signs of a stroke?') + salus(publicly),
  )

  const home = await view(() =>
    ana.deliver({ type: 'app_home_opened', user: ana.id, channel: ana.direct, tab: 'home' }),
  )
  pages.home = place('Salus · Home', `<div class="page">${drawn(home.blocks)}</div>`)
  const forms = [
    await view(() => ana.interact({ type: 'shortcut', callback_id: 'ask_privately' })),
    await view(() => ana.command('settings')),
  ]
  const label = (form: Json, key: string) => escaped((form[key] as Json).text)
  pages.forms = forms
    .map((form) => {
      const buttons = `<span class="button">${label(form, 'close')}</span><span class="button primary">${label(form, 'submit')}</span>`
      const body = `${drawn(form.blocks)}<div class="actions">${buttons}</div>`
      return place(label(form, 'title'), `<div class="page">${body}</div>`)
    })
    .join('')

  const page = await browser.newPage({ viewport: { width: 760, height: 400 }, deviceScaleFactor: 1.5 })
  for (const [name, body] of Object.entries(pages)) {
    for (const [theme, colours] of Object.entries(themes)) {
      await page.setContent(
        `<!doctype html><meta charset="utf-8"><style>${style}</style><body style="${colours}"><main>${body}</main>`,
      )
      const path = join(out, `slack-${name}${theme === 'dark' ? '-dark' : ''}.png`)
      await page.screenshot({ path, fullPage: true })
      process.stdout.write(`${path}\n`)
    }
  }
} finally {
  await browser.close()
  await site.close()
}
