import { asId, type StaffId, type WorkspaceId } from '../core/ids.ts'
import type { StaffMember, Store } from '../core/ports.ts'
import type { StoreParts } from './parts.ts'
import { prepared } from './query.ts'
import type { Flag, StaffRow } from './schema.ts'

const ofWorkspace = prepared<{ workspace: string }>()((db, given) =>
  db.selectFrom('staff').selectAll().where('workspace', '=', given.workspace).orderBy('id'),
)
const save = prepared<{
  id: string
  workspace: string
  role: string
  sealed_details: string
  active: number
}>()((db, given) => {
  const changing = {
    role: given.role as StaffRow['role'],
    sealed_details: given.sealed_details,
    active: given.active as Flag,
  }
  return db
    .insertInto('staff')
    .values({ id: given.id, workspace: given.workspace, ...changing })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changing))
})

/** What is known of a staff member beside id, role and whether they are active. */
type Details = Pick<StaffMember, 'name' | 'profession' | 'registration'>

/** More sealed details than this are not kept unsealed: every request of a staff page looks its member up. */
const unsealedLimit = 1_000

export function createStaff({ database, cipher }: StoreParts): Pick<Store, 'staff' | 'saveStaff'> {
  const unsealed = new Map<string, Details>()
  return {
    async staff(workspace) {
      const rows = await ofWorkspace(database.read, { workspace })
      const sealing = await cipher.forWorkspace(workspace)
      return rows.flatMap((row) => {
        const known = unsealed.get(row.sealed_details)
        const text = known ? '' : sealing.unseal(row.sealed_details)
        if (text === undefined) return []
        const details = known ?? (JSON.parse(text) as Details)
        if (!known && unsealed.size >= unsealedLimit) unsealed.clear()
        unsealed.set(row.sealed_details, details)
        return [
          {
            id: asId<StaffId>(row.id),
            workspace: asId<WorkspaceId>(row.workspace),
            role: row.role,
            active: row.active === 1,
            ...details,
          },
        ]
      })
    },
    async saveStaff({ id, workspace, role, active, ...details }) {
      const sealed = (await cipher.forWorkspace(workspace)).seal(JSON.stringify(details satisfies Details))
      await database.write((session) =>
        save(session, { id, workspace, role, sealed_details: sealed, active: active ? 1 : 0 }),
      )
    },
  }
}
