import { join } from 'node:path'
import express, { Router } from 'express'

/** The chat page at `/`, the staff page at `/staff`, their files under `/assets`, and the articles' `/pictures`. */
export function pageRoutes(pagesDir: string): Router {
  const router = Router()
  const send = (file: string) => (_request: express.Request, response: express.Response) => {
    // A page that is kept by the browser would still show after "leave now".
    response.set('cache-control', 'no-store').sendFile(join(pagesDir, file))
  }
  router.get('/', send('chat.html'))
  router.get('/staff', send('staff.html'))
  router.use('/pictures', express.static(join(pagesDir, 'pictures'), { index: false, maxAge: '1d' }))
  router.use(
    '/assets',
    express.static(pagesDir, { index: false, cacheControl: false, setHeaders: revalidate }),
  )
  return router
}

function revalidate(response: { setHeader(name: string, value: string): void }): void {
  response.setHeader('cache-control', 'no-cache')
}
