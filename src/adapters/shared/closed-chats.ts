import type { Urn } from '../../core/ids.ts'
import type { SendOutcome } from '../../core/ports.ts'

/** People that are remembered. */
const remembered = 20_000

/** To whom nothing private could be sent last: a conversation that opens may be blocked all the same. */
export function createClosedChats() {
  const closed = new Set<Urn>()
  return {
    has: (urn: Urn): boolean => closed.has(urn),
    /** They wrote there: it is open. */
    opened: (urn: Urn): void => {
      closed.delete(urn)
    },
    note(urn: Urn, { kind }: SendOutcome): void {
      if (kind === 'sent') closed.delete(urn)
      if (kind !== 'unreachable') return
      if (closed.size >= remembered) closed.clear()
      closed.add(urn)
    },
  }
}
export type ClosedChats = ReturnType<typeof createClosedChats>
