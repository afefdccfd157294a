import { createHash } from 'node:crypto'
import { asId, type StaffId, type Urn, type WorkspaceId } from './core/ids.ts'
import type { Clock, Random, StaffMember, Store } from './core/ports.ts'

/** A link code waits this long, ms. */
export const linkCodeMs = 10 * 60_000

export interface StaffAccountParts {
  readonly store: Pick<Store, 'setting' | 'saveSetting' | 'staff'>
  readonly clock: Clock
  readonly random: Random
}

/** Makes the code that links whichever platform account enters it to this member; kept as a hash, used once. */
export async function makeLinkCode(parts: StaffAccountParts, member: StaffMember): Promise<string> {
  const code = parts.random.id().slice(0, 10)
  await parts.store.saveSetting(member.workspace, 'staff_code', hashOf(code), {
    staff: member.id,
    until: parts.clock.now() + linkCodeMs,
  })
  return code
}

/** Uses a code up. Undefined when it was used, is too old, or never was. */
export async function useLinkCode(
  parts: StaffAccountParts,
  workspace: WorkspaceId,
  urn: Urn,
  code: string,
): Promise<StaffMember | undefined> {
  const id = hashOf(code.trim().toLowerCase())
  const found = await parts.store.setting(workspace, 'staff_code', id)
  if (!found) return undefined
  await parts.store.saveSetting(workspace, 'staff_code', id, undefined)
  if (Number(found.until) <= parts.clock.now()) return undefined
  const member = await memberOf(parts, workspace, asId<StaffId>(String(found.staff)))
  if (member) await parts.store.saveSetting(workspace, 'staff_account', urn, { staff: member.id })
  return member
}

/** The active staff member behind a platform account. */
export async function staffBehind(
  parts: Pick<StaffAccountParts, 'store'>,
  workspace: WorkspaceId,
  urn: Urn,
): Promise<StaffMember | undefined> {
  const found = await parts.store.setting(workspace, 'staff_account', urn)
  return found && memberOf(parts, workspace, asId<StaffId>(String(found.staff)))
}

async function memberOf({ store }: Pick<StaffAccountParts, 'store'>, workspace: WorkspaceId, id: StaffId) {
  return (await store.staff(workspace)).find((member) => member.id === id && member.active)
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex')
}
