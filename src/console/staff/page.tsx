import { useEffect, useState } from 'preact/hooks'
import { Alerts } from './alerts.tsx'
import { CaseList } from './case-list.tsx'
import { CasePane } from './case-pane.tsx'
import { useAlarmSound } from './sound.ts'
import { fill, texts } from './texts.ts'
import { useCases } from './use-cases.ts'

/** The staff page: who waits, worst first, and the case that is open. */
export function StaffPage() {
  const openId = useOpenCase()
  const sound = useAlarmSound()
  const cases = useCases(openId, sound.play)
  const { phase, list, view, live, alerts } = cases
  const waiting = list?.cases.filter(({ status }) => status === 'waiting').length ?? 0
  useEffect(() => {
    const alarm = alerts.length > 0 ? '! ' : ''
    document.title = waiting > 0 ? `${alarm}(${waiting}) ${texts.title}` : `${alarm}${texts.title}`
  }, [waiting, alerts.length])
  if (phase === 'signed-out' || phase === 'broken' || !list) {
    return <Outside phase={phase} again={cases.reload} />
  }
  return (
    <>
      {/* biome-ignore lint/a11y/useValidAnchor: it does lead to a place on this page. */}
      <a class="skip button" href="#main" onClick={skip}>
        {texts.skip}
      </a>
      <header class="top">
        <h1>
          <img src="/assets/icon.svg" alt="" width="28" height="28" />
          {texts.title}
          {list.workspace.demo && <span class="tag">{texts.demo}</span>}
        </h1>
        <p class="row">
          <span role="status" class={live ? 'quiet' : 'offline'}>
            {live ? texts.live : texts.offline}
          </span>
          <span class="quiet">
            {fill(texts.signedInAs, { name: list.me.name, role: list.me.role.replaceAll('_', ' ') })}
          </span>
          <button type="button" aria-pressed={sound.on} onClick={sound.toggle}>
            {texts.sound}
            <span aria-hidden="true">{sound.on ? texts.on : texts.off}</span>
          </button>
          <button type="button" onClick={() => void cases.signOut()}>
            {texts.signOut}
          </button>
        </p>
      </header>
      <Alerts alerts={alerts} dismiss={cases.dismiss} />
      <main id="main" tabIndex={-1} class={openId ? 'with-case' : ''}>
        <CaseList list={list} openId={openId} />
        <div class="pane">
          {openId && (
            <a class="back" href="#cases">
              ← {texts.back}
            </a>
          )}
          {view ? (
            <CasePane
              view={view}
              me={list.me.name}
              meId={list.me.id}
              act={(act) => cases.act(view.item.id, act)}
              reveal={(line) => void cases.reveal(view.item.id, line)}
            />
          ) : (
            !openId && <p class="quiet pick">{texts.pick}</p>
          )}
        </div>
      </main>
    </>
  )
}

/** The address names the open case, so it must not change. */
function skip(event: Event): void {
  event.preventDefault()
  const main = document.getElementById('main')
  const target = main?.querySelector<HTMLElement>('#case') ?? main
  target?.focus()
}

function Outside({ phase, again }: { phase: string; again: () => void }) {
  if (phase === 'loading') return null
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

/** The case named after `#case/` in the address: the way back works, and a case can be linked to. */
function useOpenCase(): string | undefined {
  const read = () => /^#case\/(.+)$/.exec(window.location.hash)?.[1]
  const [id, setId] = useState(read)
  useEffect(() => {
    const onChange = () => setId(read())
    window.addEventListener('hashchange', onChange)
    return () => window.removeEventListener('hashchange', onChange)
  }, [])
  return id
}
