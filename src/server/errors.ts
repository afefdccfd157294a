import type { ErrorRequestHandler, RequestHandler } from 'express'

/** Answers that body parsing asks for, by its error's status. */
const codes: Readonly<Record<number, string>> = {
  400: 'malformed',
  413: 'too_large',
  415: 'unsupported',
}

/** No route: for programs in JSON, for people in a line. */
export const notFound: RequestHandler = (request, response) => {
  response.status(404)
  if (request.path.startsWith('/api/')) response.json({ error: 'not_found' })
  else response.type('text/plain').send('There is no such page here.')
}

/** The last word on every throw: a code, never a detail. `say` gives people words for what went wrong. */
export function errorHandler(
  report: (code: string, error: unknown) => void,
  say: (code: string) => string | undefined,
): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error)
    const status = statusOf(error)
    const code = codes[status] ?? 'failed'
    if (status >= 500) report('request_failed', error)
    const words = say(code)
    response.status(status).json({ error: code, ...(words ? { say: words } : {}) })
  }
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500
  return status in codes ? status : status >= 400 && status < 500 ? 400 : 500
}
