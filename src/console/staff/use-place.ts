import { useEffect, useState } from 'preact/hooks'

/** What the address names after `#`: the way back works, and a case can be linked to. */
export interface Place {
  readonly caseId?: string
  readonly charts?: boolean
}

export function usePlace(): Place {
  const [place, setPlace] = useState(read)
  useEffect(() => {
    const onChange = () => setPlace(read())
    window.addEventListener('hashchange', onChange)
    return () => window.removeEventListener('hashchange', onChange)
  }, [])
  return place
}

function read(): Place {
  const { hash } = window.location
  const caseId = /^#case\/(.+)$/.exec(hash)?.[1]
  return caseId ? { caseId } : hash === '#charts' ? { charts: true } : {}
}
