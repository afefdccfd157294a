import type { Refusal } from '../../server/wire.ts'

/** How long an answer may take before the page says that it did not come, ms. */
const timeoutMs = 12_000

export type Answered<T> =
  | { readonly kind: 'ok'; readonly status: number; readonly value: T }
  | { readonly kind: 'refused'; readonly status: number; readonly refusal: Refusal }
  /** No answer: offline, or the server is away. It may have arrived. */
  | { readonly kind: 'silent' }

export function get<T>(path: string): Promise<Answered<T>> {
  return ask<T>(path, { method: 'GET' })
}

export function post<T>(path: string, body: unknown): Promise<Answered<T>> {
  return ask<T>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

async function ask<T>(path: string, init: RequestInit): Promise<Answered<T>> {
  try {
    const response = await fetch(path, { ...init, signal: AbortSignal.timeout(timeoutMs) })
    const value: unknown = response.status === 204 ? undefined : await response.json()
    if (response.ok) return { kind: 'ok', status: response.status, value: value as T }
    return { kind: 'refused', status: response.status, refusal: value as Refusal }
  } catch {
    return { kind: 'silent' }
  }
}

/** An id of 128 random bits. `randomUUID` exists on secure origins alone; a demo in a local network is none. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}
