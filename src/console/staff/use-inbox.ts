import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { CaseItem, CaseList, ClosedCases, InboxChange, StaffAlert } from '../../server/wire.ts'
import { get, post } from '../shared/api.ts'
import { keepStream } from '../shared/stream.ts'
import { changed, sorted } from './inbox-order.ts'

/** A word that was lost on the way must not hide a case for long, ms. */
const rereadMs = 60_000

export interface Inbox {
  readonly phase: 'loading' | 'open' | 'signed-out' | 'broken'
  readonly list?: CaseList
  /** What the server's clock is ahead of this device's, ms. */
  readonly ahead: number
  readonly closed?: readonly CaseItem[]
  readonly live: boolean
  readonly alerts: readonly StaffAlert[]
  dismiss(alert: string): void
  /** Whoever opened a case has its news. */
  read(caseId: string | undefined): void
  loadClosed(): void
  signOut(): Promise<void>
  reload(): void
}

interface InboxOptions {
  readonly onAlert: (alert: StaffAlert) => void
  /** What is said in this case, or what is known of it, changed; undefined: perhaps of every one. */
  readonly onTouched: (caseId: string | undefined) => void
}

/** The list of cases and the alarms, kept in step with every other page by the stream. */
export function useInbox(options: InboxOptions): Inbox {
  const [phase, setPhase] = useState<Inbox['phase']>('loading')
  const [list, setList] = useState<CaseList>()
  const [ahead, setAhead] = useState(0)
  const [closed, setClosed] = useState<readonly CaseItem[]>()
  const [live, setLive] = useState(false)
  const [alerts, setAlerts] = useState<readonly StaffAlert[]>([])
  const handlers = useRef(options)
  handlers.current = options
  const at = useRef('')

  const load = useCallback(async () => {
    const answer = await get<CaseList>('/api/staff/cases')
    if (answer.kind === 'ok') {
      at.current = answer.value.at
      setAhead(answer.value.now - Date.now())
      setList({ ...answer.value, cases: sorted(answer.value.cases) })
      setPhase('open')
    } else if (answer.kind === 'refused' && answer.status === 401) setPhase('signed-out')
    else setPhase((now) => (now === 'loading' ? 'broken' : now))
  }, [])
  const loadClosed = useCallback(async () => {
    const answer = await get<ClosedCases>('/api/staff/closed')
    if (answer.kind === 'ok') setClosed(answer.value.cases)
  }, [])

  useEffect(() => void load(), [load])

  useEffect(() => {
    if (phase !== 'open') return
    const close = keepStream(() => `/api/staff/stream?since=${encodeURIComponent(at.current)}`, {
      events: {
        gap: () => void load(),
        cases: (data) => {
          const change = data as InboxChange
          at.current = change.at
          setList((now) => now && { ...now, at: change.at, cases: changed(now.cases, change) })
        },
        touched: (data) => handlers.current.onTouched((data as { id: string }).id),
        alert: (data) => {
          const alert = data as StaffAlert
          setAlerts((shown) => [
            alert,
            ...shown.filter(({ caseId }) => caseId === undefined || caseId !== alert.caseId),
          ])
          handlers.current.onAlert(alert)
        },
      },
      up: (again) => {
        setLive(true)
        if (again) handlers.current.onTouched(undefined)
      },
      down: () => {
        setLive(false)
        // A session that ended looks like a broken line.
        void load()
      },
    })
    const timer = window.setInterval(() => void load(), rereadMs)
    return () => {
      close()
      window.clearInterval(timer)
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
    ahead,
    live,
    alerts,
    ...(list ? { list } : {}),
    ...(closed ? { closed } : {}),
    dismiss: (alert) => setAlerts((shown) => shown.filter(({ id }) => id !== alert)),
    read: useCallback((caseId) => setAlerts((shown) => shown.filter((alert) => alert.caseId !== caseId)), []),
    loadClosed: useCallback(() => void loadClosed(), [loadClosed]),
    async signOut() {
      await post('/api/staff/sign-out', {})
      setPhase('signed-out')
    },
    reload: () => void load(),
  }
}
