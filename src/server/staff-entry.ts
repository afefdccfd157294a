import { type Response, Router } from 'express'
import type { CookieJar } from './cookies.ts'
import { type StaffSessions, staffSessionMs } from './staff-sessions.ts'

/** `/staff/enter?token=…`: a link that signs in once. */
export function staffEntry(sessions: StaffSessions, cookies: CookieJar): Router {
  const router = Router()
  router.get('/staff/enter', (request, response) => {
    const { token } = request.query
    // A look ahead (HEAD, a prefetch) must not use the link up.
    const looking = request.method === 'HEAD' || /prefetch/i.test(request.get('sec-purpose') ?? '')
    const session = typeof token === 'string' && !looking ? sessions.enter(token) : undefined
    response.set('cache-control', 'no-store')
    if (!session) return page(response, looking ? 204 : 410, 'This sign-in link does not work', usedUp)
    cookies.set(response, 'salus_staff', session, staffSessionMs / 1_000)
    // The next request must come from this page, or the browser would keep the strict cookie back.
    response.set('refresh', '0; url=/staff')
    page(response, 200, 'Signed in', '<p><a href="/staff">Go to the staff page</a></p>')
  })
  return router
}

const usedUp =
  '<p>It was used already, or it is older than 15 minutes. Ask whoever runs Salus for a new one; in the demo, start it again.</p>'

function page(response: Response, status: number, title: string, body: string): void {
  response
    .status(status)
    .type('html')
    .send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · Salus</title><link rel="icon" href="/assets/icon.svg"><link rel="stylesheet" href="/assets/base.css"><main class="paper"><h1>${title}</h1>${body}</main></html>`,
    )
}
