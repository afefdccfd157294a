/** After so many failures in a row a model is left alone, so that nobody else waits for it. */
const mostFailures = 3
/** For so long, ms. */
const restMs = 60_000
/** Turns that wait for the model at once; the others get the passages. */
const mostWaiting = 4

/** Keeps a model that stalls from holding every worker. */
export function createBreaker(now: () => number) {
  let failures = 0
  let restsUntil = 0
  let waiting = 0
  return {
    /** Runs the work, or resolves to undefined at once when the model rests or is busy. */
    async run<T>(work: () => Promise<T>, failed: (error: unknown) => boolean): Promise<T | undefined> {
      if (waiting >= mostWaiting || now() < restsUntil) return undefined
      waiting++
      try {
        const result = await work()
        failures = 0
        return result
      } catch (error) {
        if (failed(error) && ++failures >= mostFailures) {
          failures = 0
          restsUntil = now() + restMs
        }
        throw error
      } finally {
        waiting--
      }
    },
  }
}
