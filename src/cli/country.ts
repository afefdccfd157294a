import { InvalidArgumentError } from 'commander'

/** True for an ISO 3166 alpha-2 code in capitals. */
export function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && countryName(code) !== code
}

/** Reads the argument of `--country`. */
export function countryCode(value: string): string {
  const code = value.toUpperCase()
  if (!isCountry(code)) throw new InvalidArgumentError('It is a code of two letters, such as GB or US.')
  return code
}

/** "United Kingdom" for `GB`; the code itself when there is no such country. */
export function countryName(code: string): string {
  return new Intl.DisplayNames(['en'], { type: 'region' }).of(code) ?? code
}

/** Countries that have a time zone of their own and a file in `content/helplines`. */
const zoned =
  'GB US IE CA AU NZ ES MX AR CO CL PE FR DE AT CH NL BE IT PT BR PL CZ SE NO FI DK GR HU RO UA TR IL EG AE IN JP KR SG MY PH ID HK ZA KE NG'

/**
 * Where this machine seems to be, by its time zone; the demo labels its numbers with the country, and a person can
 * choose another. Great Britain when the zone says nothing, for most of the articles' sources are British.
 */
export function guessCountry(zone = new Intl.DateTimeFormat().resolvedOptions().timeZone): string {
  return zoned.split(' ').find((country) => zonesOf(country).includes(zone)) ?? 'GB'
}

function zonesOf(country: string): readonly string[] {
  // A method in newer engines, an accessor in older ones.
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
    readonly timeZones?: readonly string[]
    readonly getTimeZones?: () => readonly string[]
  }
  return locale.getTimeZones?.() ?? locale.timeZones ?? []
}
