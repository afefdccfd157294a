import type { Random } from '../core/ports.ts'

const base32 = '0123456789abcdefghijklmnopqrstuv'
const timeLength = 9
const idLength = 26

/**
 * An id of 26 characters: time first, then 85 random bits. Rows that arrive together stand together in the index, so
 * that a group of them touches a page or two instead of one each.
 */
export function orderedId(now: number, random: Random): string {
  let time = ''
  for (let rest = now; time.length < timeLength; rest = Math.floor(rest / 32)) time = base32[rest % 32] + time
  return time + random.id().slice(0, idLength - timeLength)
}
