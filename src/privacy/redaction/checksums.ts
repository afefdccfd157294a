/** The digits of a text, and nothing else. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}

/** Payment cards (ISO/IEC 7812). */
export function luhn(digits: string): boolean {
  let sum = 0
  for (const [index, digit] of [...digits].reverse().entries()) {
    const doubled = index % 2 === 1 ? Number(digit) * 2 : Number(digit)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return digits.length > 0 && sum % 10 === 0 && !/^0+$/.test(digits)
}

/** International bank account numbers (ISO 7064, mod 97-10). */
export function iban(text: string): boolean {
  const plain = text.replace(/\s/g, '').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(plain)) return false
  const numeric = [...plain.slice(4), ...plain.slice(0, 4)].map((c) => Number.parseInt(c, 36)).join('')
  let rest = 0
  for (const digit of numeric) rest = (rest * 10 + Number(digit)) % 97
  return rest === 1
}

/** NHS numbers of England: ten digits, the last by modulus 11. */
export function nhs(digits: string): boolean {
  if (!/^\d{10}$/.test(digits)) return false
  const sum = [...digits.slice(0, 9)].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0)
  const check = 11 - (sum % 11)
  return (check === 11 ? 0 : check) === Number(digits[9])
}

/** Spanish DNI and NIE: eight digits, or X, Y, Z and seven, and the letter that follows from them. */
export function dni(text: string): boolean {
  const plain = text.replace(/[\s.-]/g, '').toUpperCase()
  const match = /^([XYZ]|\d)(\d{7})([A-Z])$/.exec(plain)
  if (!match) return false
  const [, first = '', rest = '', letter] = match
  const number = Number(`${'XYZ'.includes(first) ? 'XYZ'.indexOf(first) : first}${rest}`)
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === letter
}

/** Social security numbers of the United States have no checksum; some ranges were never issued. */
export function ssn(text: string): boolean {
  const digits = digitsOf(text)
  return (
    digits.length === 9 && !/^(000|666|9)/.test(digits) && !/^\d{3}00/.test(digits) && !/0000$/.test(digits)
  )
}

/** Medicare cards of Australia: eight digits, a check digit, the issue and perhaps the person's line. */
export function medicareAustralia(digits: string): boolean {
  if (!/^[2-6]\d{9,10}$/.test(digits)) return false
  const weights = [1, 3, 7, 9, 1, 3, 7, 9]
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return sum % 10 === Number(digits[8])
}
