import { createHash } from 'node:crypto'
import { asId, type ConversationKey, type Urn, type WorkspaceId } from '../../core/ids.ts'
import type { ConversationRef } from '../../core/inbound.ts'
import type { Random } from '../../core/ports.ts'

/** 128 bits in base64url. */
const tokenForm = /^[A-Za-z0-9_-]{22}$/

/** A visitor whose cookie is the only key to their conversation. */
export interface WebSession {
  readonly urn: Urn
  readonly ref: ConversationRef
}

/** A new visitor's token. */
export function newToken(random: Random): string {
  return Buffer.from(random.bytes(16)).toString('base64url')
}

/** True when a cookie could have come from here. */
export function isToken(value: string | undefined): value is string {
  return value !== undefined && tokenForm.test(value)
}

/**
 * Who a token belongs to. Account and conversation are hashes of it: what is stored does not open the conversation,
 * not even for somebody who reads the database with its keys.
 */
export function sessionOf(workspace: WorkspaceId, token: string): WebSession {
  return {
    urn: asId<Urn>(`web:${hash('account', token)}`),
    ref: {
      key: asId<ConversationKey>(`web:${workspace}:${hash('conversation', token)}`),
      workspace,
      channel: 'web',
      surface: 'direct',
      route: {},
    },
  }
}

function hash(purpose: string, token: string): string {
  return createHash('sha256').update(`salus web ${purpose}|${token}`).digest('base64url')
}
