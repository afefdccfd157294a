import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../config.ts'
import type { Workspace } from '../../core/workspace.ts'
import type { State } from '../../open-state.ts'
import { type Check, findings } from './check.ts'

const config = findings('config')
const database = findings('database')
const channels = findings('channels')

/** Settings, folder and key file. */
export function checkConfig(given: Config, production: boolean): readonly Check[] {
  const checks: Check[] = [config.ok(`Data in ${given.dataDir}, content in ${given.contentDir}.`)]
  const keyPath = join(given.dataDir, 'master.key')
  if (!given.masterKey && existsSync(keyPath) && (statSync(keyPath).mode & 0o077) !== 0) {
    checks.push(config.fail('The key file can be read by other accounts.', `Run "chmod 600 ${keyPath}".`))
  }
  if (!production) return checks
  const { protocol, hostname } = new URL(given.publicUrl)
  if (protocol !== 'https:' && hostname !== '127.0.0.1' && hostname !== 'localhost') {
    checks.push(
      config.fail('The public address is not https.', 'Put a TLS proxy in front and set SALUS_PUBLIC_URL.'),
    )
  }
  if (hostname === '127.0.0.1' || hostname === 'localhost') {
    checks.push(config.warn('Only this machine reaches the pages.', 'Set SALUS_PUBLIC_URL and a TLS proxy.'))
  }
  if (protocol === 'https:' && given.trustProxy === 0) {
    checks.push(
      config.warn('Limits see the proxy as one person.', 'Set SALUS_TRUST_PROXY to the number of proxies.'),
    )
  }
  return checks
}

/** Backlog, audit seals and the spill file. */
export async function checkDatabase(
  given: Config,
  state: State,
  workspace: Workspace | undefined,
): Promise<readonly Check[]> {
  const backlog = await state.store.backlog()
  const kind = given.databaseUrl ? 'PostgreSQL' : 'SQLite file'
  const checks: Check[] = [database.ok(`${kind} answers; ${backlog} messages wait.`)]
  if (existsSync(join(given.dataDir, 'spill'))) {
    checks.push(database.warn('Messages wait in the spill file.', 'They are taken in at the next start.'))
  }
  if (existsSync(join(given.dataDir, 'spill.unreadable'))) {
    checks.push(
      database.warn(
        'The spill file had lines that no key opens.',
        'Keep spill.unreadable for whoever looks into it.',
      ),
    )
  }
  if (workspace) {
    const trail = await state.store.verifyAudit(workspace.id)
    checks.push(
      trail.intact
        ? database.ok(`Audit trail: ${trail.blocks} sealed blocks, intact.`)
        : database.fail(
            `The audit trail does not hold from block ${trail.block} on (${trail.reason}).`,
            'Somebody changed it outside Salus: keep this database and compare with a backup.',
          ),
    )
  }
  return checks
}

/** Which channels this build has, and which are set. */
export function checkChannels(given: Config): readonly Check[] {
  return [
    channels.ok(`web: ${given.publicUrl}/`),
    channels.ok('console: "salus chat"'),
    ...(given.slack ? [] : [channels.ok('slack: off.')]),
    ...(given.teams ? [] : [channels.ok('teams: off.')]),
    ...(given.discord ? [] : [channels.ok('discord: off.')]),
  ]
}
