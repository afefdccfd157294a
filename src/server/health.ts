import { Router } from 'express'
import type { Store } from '../core/ports.ts'
import type { Metrics } from './metrics.ts'

/** `/healthz`: the process answers. `/readyz`: the database answers too. `/metrics`: counts without people. */
export function healthRoutes(store: Pick<Store, 'backlog'>, metrics: Metrics): Router {
  const router = Router()
  router.get('/healthz', (_request, response) => {
    response.json({ ok: true })
  })
  router.get('/readyz', async (_request, response) => {
    const ready = await store.backlog().then(
      () => true,
      () => false,
    )
    response.status(ready ? 200 : 503).json({ ready })
  })
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.text())
  })
  return router
}
