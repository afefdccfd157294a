import type { RequestHandler } from 'express'
import helmet from 'helmet'

/** Headers that keep the pages to themselves: own files only, no inline script, no frame, no referrer. */
export function securityHeaders(https: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: https,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  })
}

/**
 * Refuses what another site's page makes a browser send. Programs that are no browser name no origin and carry no
 * cookie that they were not given.
 */
export function sameOrigin(publicUrl: () => string): RequestHandler {
  return (request, response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next()
    const origin = request.get('origin')
    const site = request.get('sec-fetch-site')
    const named =
      origin !== undefined &&
      (origin === new URL(publicUrl()).origin || hostOf(origin) === request.get('host'))
    const unnamed = origin === undefined && (site === undefined || site === 'same-origin')
    if (named || unnamed) return next()
    response.status(403).json({ error: 'other_origin' })
  }
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
