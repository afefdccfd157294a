import { prepared, type Session } from './query.ts'

const take = prepared<{ name: string; worker: string; now: number; until: number }>()((db, given) =>
  db
    .updateTable('leases')
    .set({ holder: given.worker, until: given.until })
    .where('name', '=', given.name)
    .where((eb) => eb.or([eb('until', '<=', given.now), eb('holder', '=', given.worker)]))
    .returning('name'),
)

/** True when nobody else holds it; it is then this worker's until the time given. */
export async function takeLease(
  session: Session,
  lease: { readonly name: string; readonly worker: string; readonly now: number; readonly until: number },
): Promise<boolean> {
  return (await take(session, lease)).length > 0
}
