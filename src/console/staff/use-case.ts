import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { CaseAction, CaseView, Refusal } from '../../server/wire.ts'
import { type Answered, get, newId, post } from '../shared/api.ts'

/** `Omit` over a union keeps only what all members share; this keeps each. */
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
export type Act = Without<CaseAction, 'id'>

/** What became of something that was asked for: taken, or why not. */
export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly refusal: Refusal }
export type DoAct = (act: Act) => Promise<Outcome>

export interface OpenCase {
  readonly view?: CaseView
  /** It was asked for, and it is not there. */
  readonly missing: boolean
  readonly act: DoAct
  reveal(line: string): Promise<void>
  /** Reads it again when it is the one that is open. */
  touched(caseId: string | undefined): void
}

/** The case that is open, kept current. */
export function useCase(openId: string | undefined): OpenCase {
  const [view, setView] = useState<CaseView>()
  const [missing, setMissing] = useState(false)
  const open = useRef(openId)
  open.current = openId
  const loading = useRef(false)
  const again = useRef(false)

  const load = useCallback(async () => {
    // News come in bursts: one reading at a time, and one more for all that came meanwhile.
    again.current = true
    if (loading.current) return
    loading.current = true
    while (again.current) {
      again.current = false
      const wanted = open.current
      if (wanted === undefined) break
      const answer = await get<CaseView>(`/api/staff/cases/${encodeURIComponent(wanted)}`)
      // Another case may have been opened meanwhile.
      if (wanted !== open.current) again.current = true
      else if (answer.kind === 'ok') {
        setView(answer.value)
        setMissing(false)
      } else if (answer.kind === 'refused' && answer.status === 404) {
        setView(undefined)
        setMissing(true)
      }
    }
    loading.current = false
  }, [])

  useEffect(() => {
    setView((shown) => (shown?.item.id === openId ? shown : undefined))
    setMissing(false)
    void load()
  }, [openId, load])

  const path = `/api/staff/cases/${encodeURIComponent(openId ?? '')}`
  return {
    ...(view && view.item.id === openId ? { view } : {}),
    missing,
    async act(act) {
      const answer: Answered<unknown> = await post(`${path}/actions`, { id: newId(), ...act })
      void load()
      if (answer.kind === 'ok') return { ok: true, value: answer.value }
      return { ok: false, refusal: answer.kind === 'refused' ? answer.refusal : { error: 'silent' } }
    },
    async reveal(line) {
      await post(`${path}/reveal`, { line })
      await load()
    },
    touched: useCallback(
      (caseId) => {
        if (caseId === undefined || caseId === open.current) void load()
      },
      [load],
    ),
  }
}
