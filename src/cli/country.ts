import { InvalidArgumentError } from 'commander'

/** An ISO 3166 alpha-2 code in capitals. */
export function countryCode(value: string): string {
  const code = value.toUpperCase()
  const known = /^[A-Z]{2}$/.test(code) && new Intl.DisplayNames(['en'], { type: 'region' }).of(code) !== code
  if (!known) throw new InvalidArgumentError('It is a code of two letters, such as GB or US.')
  return code
}
