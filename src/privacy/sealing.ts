import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto'

/** Bytes of a key: AES-256. */
export const keyBytes = 32
const version = 1
const nonceBytes = 12
const tagBytes = 16
const headBytes = 1 + nonceBytes + tagBytes

export function keyOf(bytes: Uint8Array): KeyObject {
  return createSecretKey(bytes)
}

/**
 * AES-256-GCM. The result is base64url of version | nonce | tag | ciphertext.
 * @param nonce 12 fresh random bytes; never twice under one key.
 * @param about authenticated with it, so that a text cannot be moved to somebody else.
 */
export function seal(key: KeyObject, nonce: Uint8Array, about: string, plain: string | Uint8Array): string {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(about))
  const bytes = typeof plain === 'string' ? Buffer.from(plain, 'utf8') : plain
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** Undefined when it was sealed under another key, about somebody else, or has been altered. */
export function unseal(key: KeyObject, about: string, sealed: string): Buffer | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < headBytes || bytes[0] !== version) return undefined
  const nonce = bytes.subarray(1, 1 + nonceBytes)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
  decipher.setAAD(Buffer.from(about))
  decipher.setAuthTag(bytes.subarray(1 + nonceBytes, headBytes))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(headBytes)), decipher.final()])
  } catch {
    return undefined
  }
}
