import { type ExecFileSyncOptions, execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../core/errors.ts'

const revision = /^git:([\w./~^@{}][\w./~^@{}-]*)$/

/**
 * Calls `use` with a folder of triage rules: `where` is a folder, or `git:REV` for `content/triage` as it stood at
 * that revision of the repository around the working directory. Throws `USAGE` when there is no such thing.
 */
export async function withRuleFolder<T>(where: string, use: (folder: string) => T): Promise<T> {
  const rev = revision.exec(where)?.[1]
  if (rev === undefined) {
    if (!existsSync(where)) throw new AppError('USAGE', `${where}: no such folder`)
    return use(where)
  }
  const folder = mkdtempSync(join(tmpdir(), 'salus-rules-'))
  try {
    const quiet: ExecFileSyncOptions = { maxBuffer: 2 ** 28, stdio: ['pipe', 'pipe', 'ignore'] }
    const archive = execFileSync('git', ['archive', '--format=tar', rev, 'content/triage'], quiet)
    execFileSync('tar', ['-x', '-C', folder], { ...quiet, input: archive })
    return use(join(folder, 'content', 'triage'))
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('USAGE', `${where}: git has no content/triage there`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
