import type { CaseList } from '../../server/wire.ts'
import { fill, roleText, texts } from './texts.ts'
import type { Alarm } from './use-alarm.ts'

interface TopProps {
  readonly list: CaseList
  readonly live: boolean
  readonly alarm: Alarm
  readonly charts: boolean
  readonly otherLanguage: () => void
  readonly help: () => void
  readonly signOut: () => void
}

/** Who is signed in, whether the page is live, and what can be switched. */
export function Top({ list, live, alarm, charts, otherLanguage, help, signOut }: TopProps) {
  return (
    <header class="top">
      <h1>
        <img src="/assets/icon.svg" alt="" width="28" height="28" />
        {texts.title}
        {list.workspace.demo && <span class="tag">{texts.demo}</span>}
      </h1>
      <nav class="row pages" aria-label={texts.pages}>
        <a href="#cases" aria-current={charts ? undefined : 'page'}>
          {texts.casesTitle}
        </a>
        <a href="#charts" aria-current={charts ? 'page' : undefined}>
          {texts.chartsTitle}
        </a>
      </nav>
      <div class="row">
        <span role="status" class={live ? 'live' : 'offline'}>
          {live ? texts.live : texts.offline}
        </span>
        <span class="quiet">
          {fill(texts.signedInAs, { name: list.me.name, role: roleText(list.me.role) })}
        </span>
        <button
          type="button"
          class="small"
          aria-pressed={alarm.on}
          aria-describedby="alarm-help"
          onClick={alarm.toggle}
        >
          {texts.alarms}
          <span aria-hidden="true">{alarm.on ? texts.on : texts.off}</span>
        </button>
        <span id="alarm-help" class="unseen">
          {texts.alarmsHelp}
        </span>
        <button type="button" class="small only-keys" onClick={help}>
          {texts.keys}
        </button>
        <button type="button" class="small" lang={texts.languageIs} onClick={otherLanguage}>
          {texts.language}
        </button>
        <button type="button" class="small" onClick={signOut}>
          {texts.signOut}
        </button>
      </div>
    </header>
  )
}
