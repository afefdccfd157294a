import type { Served, ServeOptions } from './cli/host.ts'
import { AppError } from './core/errors.ts'
import type { Clock, Random } from './core/ports.ts'

export async function serve(
  _options: ServeOptions & { readonly clock: Clock; readonly random: Random },
): Promise<Served> {
  throw new AppError('NOT_BUILT', 'the web server is not built yet')
}
