import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { CaseAction, CaseList, CaseView, StaffAlert } from '../../server/wire.ts'
import { get, newId, post } from '../shared/api.ts'
import { keepStream } from '../shared/stream.ts'

/** News come in bursts: the page asks once for all of them, ms. */
const gatherMs = 400
/** Waiting times grow, and a lost event must not hide a case for long, ms. */
const refreshMs = 20_000

/** `Omit` over a union keeps only what all members share; this keeps each. */
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
export type Act = Without<CaseAction, 'id'>

export interface Cases {
  readonly phase: 'loading' | 'open' | 'signed-out' | 'broken'
  readonly list?: CaseList
  readonly view?: CaseView
  readonly live: boolean
  readonly alerts: readonly StaffAlert[]
  dismiss(alert: string): void
  /** Resolves to a refusal's code, or undefined when it was taken. */
  act(caseId: string, act: Act): Promise<string | undefined>
  reveal(caseId: string, line: string): Promise<void>
  signOut(): Promise<void>
  reload(): void
}

/** The list, the open case and the alarms, kept current. */
export function useCases(openId: string | undefined, onAlert: () => void): Cases {
  const [phase, setPhase] = useState<Cases['phase']>('loading')
  const [list, setList] = useState<CaseList>()
  const [view, setView] = useState<CaseView>()
  const [live, setLive] = useState(false)
  const [alerts, setAlerts] = useState<readonly StaffAlert[]>([])
  const open = useRef(openId)
  open.current = openId
  const alarm = useRef(onAlert)
  alarm.current = onAlert

  const load = useCallback(async () => {
    const wanted = open.current
    const [cases, one] = await Promise.all([
      get<CaseList>('/api/staff/cases'),
      wanted ? get<CaseView>(`/api/staff/cases/${encodeURIComponent(wanted)}`) : undefined,
    ])
    if (cases.kind === 'ok') {
      setList(cases.value)
      setPhase('open')
    } else if (cases.kind === 'refused' && cases.status === 401) setPhase('signed-out')
    else setPhase((now) => (now === 'loading' ? 'broken' : now))
    // Another case may have been opened meanwhile.
    if (wanted === open.current) setView(one?.kind === 'ok' ? one.value : undefined)
  }, [])

  useEffect(() => {
    setView((shown) => (shown?.item.id === openId ? shown : undefined))
    // Whoever opened the case has the news; what comes later is shown again.
    setAlerts((shown) => shown.filter(({ caseId }) => caseId !== openId))
    void load()
  }, [openId, load])

  useEffect(() => {
    if (phase !== 'open') return
    let gathering: number | undefined
    const soon = () => {
      gathering ??= window.setTimeout(() => {
        gathering = undefined
        void load()
      }, gatherMs)
    }
    const close = keepStream('/api/staff/stream', {
      events: {
        cases: soon,
        touched: soon,
        gap: soon,
        alert: (data) => {
          const alert = data as StaffAlert
          setAlerts((shown) => [alert, ...shown.filter(({ caseId }) => caseId !== alert.caseId)])
          alarm.current()
          soon()
        },
      },
      up: () => {
        setLive(true)
        soon()
      },
      down: () => setLive(false),
    })
    const timer = window.setInterval(soon, refreshMs)
    return () => {
      close()
      window.clearInterval(timer)
      window.clearTimeout(gathering)
    }
  }, [phase, load])

  // Said once it is on the screen: only then has the team been told.
  const seen = useRef(new Set<string>())
  useEffect(() => {
    for (const { id } of alerts) {
      if (seen.current.has(id)) continue
      seen.current.add(id)
      void post(`/api/staff/alerts/${encodeURIComponent(id)}/seen`, {})
    }
  }, [alerts])

  return {
    phase,
    live,
    alerts,
    ...(list ? { list } : {}),
    ...(view ? { view } : {}),
    dismiss: (alert) => setAlerts((shown) => shown.filter(({ id }) => id !== alert)),
    async act(caseId, act) {
      const answer = await post(`/api/staff/cases/${encodeURIComponent(caseId)}/actions`, {
        id: newId(),
        ...act,
      })
      void load()
      if (answer.kind === 'ok') return undefined
      return answer.kind === 'refused' ? answer.refusal.error : 'silent'
    },
    async reveal(caseId, line) {
      await post(`/api/staff/cases/${encodeURIComponent(caseId)}/reveal`, { line })
      await load()
    },
    async signOut() {
      await post('/api/staff/sign-out', {})
      setPhase('signed-out')
    },
    reload: () => void load(),
  }
}
