import type { PersonCipher } from '../core/ports.ts'

/** Danger may be spread over several messages: what was written in this time is read together, ms. */
const windowMs = 5 * 60_000
const countLimit = 12
/** Characters kept of each. */
const lengthLimit = 2_000

export interface Fragment {
  readonly at: number
  readonly text: string
}

/** What a person wrote lately, oldest first, from the one sealed column that holds it. */
export function openFragments(sealed: string | null, cipher: PersonCipher, now: number): readonly Fragment[] {
  const json = sealed === null ? undefined : cipher.unseal(sealed)
  if (json === undefined) return []
  return (JSON.parse(json) as readonly Fragment[]).filter((one) => now - one.at <= windowMs)
}

/** The same with what was written now. Sealed in one piece: a row for each would be opened again for every message. */
export function sealFragments(before: readonly Fragment[], now: Fragment, cipher: PersonCipher): string {
  return sealFragmentList([...before, { at: now.at, text: now.text.slice(0, lengthLimit) }], cipher)
}

export function sealFragmentList(fragments: readonly Fragment[], cipher: PersonCipher): string {
  return cipher.seal(JSON.stringify(fragments.slice(-countLimit)))
}
