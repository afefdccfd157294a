import { useEffect, useState } from 'preact/hooks'

/** The server's time, epoch ms, once a second. */
export function useNow(ahead: number): number {
  const [now, setNow] = useState(() => Date.now() + ahead)
  useEffect(() => {
    const tick = () => setNow(Date.now() + ahead)
    tick()
    const timer = window.setInterval(tick, 1_000)
    return () => window.clearInterval(timer)
  }, [ahead])
  return now
}
