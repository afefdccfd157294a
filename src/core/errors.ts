/** Every code is explained in `docs/errors.md`; a test holds the two together. */
export const errorCodes = {
  CONFIG_INVALID: 'A setting is missing or wrong.',
  CONTENT_INVALID: 'A content file cannot be read.',
  KEY_MISSING: 'The master key is absent or does not open the stored keys.',
  STORE_NEWER: 'The database was written by a newer Salus.',
  STORE_BUSY: 'The database stayed locked.',
  STORE_UNAVAILABLE: 'The database cannot be reached.',
  NOT_FOUND: 'No such thing.',
  USAGE: 'A command was called wrongly.',
  MODEL_UNAVAILABLE: 'The model of the second opinion could not be opened.',
} as const
export type ErrorCode = keyof typeof errorCodes

/**
 * A bug or a broken environment. Expected outcomes are values, not errors.
 * `message` and `hint` never hold a person's words, names or tokens.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly hint: string
  constructor(code: ErrorCode, message: string, hint = '', options?: ErrorOptions) {
    super(message, options)
    this.name = 'AppError'
    this.code = code
    this.hint = hint
  }
}
