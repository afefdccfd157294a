import type { Request, Response } from 'express'

/** Cookies of Salus: each only for its own pages, never for scripts, never sent along from another site. */
export interface CookieJar {
  read(request: Request, name: CookieName): string | undefined
  set(response: Response, name: CookieName, value: string, maxAgeSeconds: number): void
  clear(response: Response, name: CookieName): void
}

export type CookieName = 'salus_chat' | 'salus_staff'

/** Behind https the name binds the cookie to this host, so that no neighbouring site can plant one. */
export function createCookieJar(https: boolean): CookieJar {
  const full = (name: CookieName) => (https ? `__Host-${name}` : name)
  const options = { httpOnly: true, sameSite: 'strict', secure: https, path: '/' } as const
  return {
    read(request, name) {
      const wanted = `${full(name)}=`
      const pairs = (request.get('cookie') ?? '').split(';').map((pair) => pair.trim())
      return pairs.find((pair) => pair.startsWith(wanted))?.slice(wanted.length)
    },
    set: (response, name, value, maxAgeSeconds) => {
      response.cookie(full(name), value, { ...options, maxAge: maxAgeSeconds * 1_000 })
    },
    clear: (response, name) => {
      response.clearCookie(full(name), options)
    },
  }
}
