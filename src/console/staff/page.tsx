import { useEffect, useMemo, useState } from 'preact/hooks'
import { Alerts } from './alerts.tsx'
import { CaseList } from './case-list.tsx'
import { CasePane } from './case-pane.tsx'
import { Charts } from './charts.tsx'
import { Help } from './help.tsx'
import { type Filter, filtered, searched } from './inbox-order.ts'
import { reach, stepInList, useShortcuts } from './shortcuts.ts'
import { fill, texts, useLanguage } from './texts.ts'
import { Top } from './top.tsx'
import { useAlarm } from './use-alarm.ts'
import { useCase } from './use-case.ts'
import { useInbox } from './use-inbox.ts'
import { usePlace } from './use-place.ts'

/** The staff page: who waits, worst first, and the case that is open. */
export function StaffPage() {
  const [language, otherLanguage] = useLanguage()
  const { caseId: openId, charts } = usePlace()
  const alarm = useAlarm()
  const open = useCase(openId)
  const inbox = useInbox({ onAlert: alarm.raise, onTouched: open.touched })
  const { phase, list, closed, live, alerts, ahead, read, loadClosed } = inbox
  const [filter, setFilter] = useState<Filter>('all')
  const [query, setQuery] = useState('')
  const [help, setHelp] = useState(false)
  const me = list?.me.id ?? ''
  const cases = list?.cases ?? []
  const from = filter === 'resolved' ? closed : cases
  // Topics are searched in the language of the page.
  const shown = useMemo(
    () => from && searched(filtered(from, filter, me), query),
    [from, filter, me, query, language],
  )
  const counts = useMemo(
    () => ({
      all: cases.length,
      unowned: filtered(cases, 'unowned', me).length,
      mine: filtered(cases, 'mine', me).length,
    }),
    [cases, me],
  )
  const waiting = cases.filter(({ status }) => status === 'waiting').length
  useEffect(() => read(openId), [openId, read])
  useEffect(() => {
    if (filter === 'resolved') loadClosed()
  }, [filter, list?.at, loadClosed])
  useEffect(() => {
    const alarmed = alerts.length > 0 ? '! ' : ''
    document.title = `${alarmed}${waiting > 0 ? `(${waiting}) ` : ''}${texts.title}`
  }, [waiting, alerts.length, language])
  const [keysOn, toggleKeys] = useShortcuts({
    j: () => stepInList(1),
    k: () => stepInList(-1),
    c: () => reach('claim'),
    r: () => reach('reply'),
    n: () => reach('note'),
    s: () => reach('snooze'),
    e: () => reach('resolve'),
    '/': () => reach('search'),
    '?': () => setHelp(true),
  })
  if (phase === 'signed-out' || phase === 'broken' || !list) {
    return <Outside phase={phase} again={inbox.reload} />
  }
  return (
    <>
      {/* biome-ignore lint/a11y/useValidAnchor: it does lead to a place on this page. */}
      <a class="skip button" href="#main" onClick={skip}>
        {texts.skip}
      </a>
      <Top
        list={list}
        live={live}
        alarm={alarm}
        charts={charts === true}
        otherLanguage={otherLanguage}
        help={() => setHelp(true)}
        signOut={() => void inbox.signOut()}
      />
      <Alerts alerts={alerts} dismiss={inbox.dismiss} />
      <main id="main" tabIndex={-1} class={charts ? 'with-charts' : openId ? 'with-case' : ''}>
        {charts ? <Charts key={language} /> : inboxPanes()}
      </main>
      {help && <Help on={keysOn} toggle={toggleKeys} close={() => setHelp(false)} />}
      <p class="unseen" role="status">
        {waiting > 0 ? fill(texts.news, { count: waiting }) : ''}
      </p>
    </>
  )

  function inboxPanes() {
    if (!list) return null
    return (
      <>
        <CaseList
          cases={shown}
          counts={counts}
          me={me}
          ahead={ahead}
          openId={openId}
          filter={filter}
          query={query}
          choose={setFilter}
          search={setQuery}
        />
        <div class="pane">
          {openId && (
            <a class="back" href="#cases">
              ← {texts.back}
            </a>
          )}
          {open.view ? (
            <CasePane
              view={open.view}
              me={list.me}
              act={open.act}
              reveal={(line) => void open.reveal(line)}
              ahead={ahead}
            />
          ) : (
            <p class="quiet pick" role="status">
              {open.missing ? texts.gone : openId ? texts.loading : texts.pick}
            </p>
          )}
        </div>
      </>
    )
  }
}

/** The address names the open case, so it must not change. */
function skip(event: Event): void {
  event.preventDefault()
  const main = document.getElementById('main')
  const target = main?.querySelector<HTMLElement>('#case') ?? main
  target?.focus()
}

function Outside({ phase, again }: { phase: string; again: () => void }) {
  if (phase === 'loading') {
    return (
      <main class="paper">
        <h1>{texts.title}</h1>
        <p role="status">{texts.loading}</p>
      </main>
    )
  }
  return (
    <main class="paper">
      <h1>{phase === 'signed-out' ? texts.signInTitle : texts.title}</h1>
      <p>{phase === 'signed-out' ? texts.signIn : texts.loadFailed}</p>
      <p>
        <button type="button" onClick={again}>
          {texts.again}
        </button>
      </p>
    </main>
  )
}
