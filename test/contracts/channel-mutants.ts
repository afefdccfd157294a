/** What may stand where something else was expected. */
const odd: readonly unknown[] = [
  undefined,
  null,
  7,
  '',
  [],
  {},
  'x\u0000y',
  'Z'.repeat(20_000),
  [[[[]]]],
  true,
  -1,
  '99999999999999999999',
  'not_invented_yet',
]

/** Changes of one kind of body: so many are spread over all that could be. */
const changesOfOne = 36

/**
 * A body, what is no body at all, and the body with one of its values missing, of another type, unknown, or huge.
 * Always the same ones.
 */
export function mutants(body: unknown): readonly unknown[] {
  const paths = pathsOf(body)
  const changes = paths.flatMap((path) => odd.map((value) => ({ path, value })))
  // A step without a common divisor with the values: every value and every place gets its turn.
  const step = coprime(Math.max(1, Math.floor(changes.length / changesOfOne)))
  const picked = changes.filter((_, index) => index % step === 0)
  return [{}, [], null, 7, 'text', ...picked.map(({ path, value }) => replaced(body, path, value))]
}

function coprime(step: number): number {
  return step % 2 === 0 || step % 3 === 0 ? coprime(step + 1) : step
}

type Path = readonly (string | number)[]

function pathsOf(whole: unknown): readonly Path[] {
  const paths: Path[] = []
  const walk = (value: unknown, path: Path): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      paths.push([...path, key])
      walk(inner, [...path, key])
    }
  }
  walk(whole, [])
  return paths
}

function replaced(whole: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value
  const copy = (Array.isArray(whole) ? [...(whole as unknown[])] : { ...(whole as object) }) as Record<
    string | number,
    unknown
  >
  copy[key] = replaced(copy[key], rest, value)
  return copy
}
