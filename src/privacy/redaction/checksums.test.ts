import { describe, expect, it } from 'vitest'
import { dni, iban, luhn, medicareAustralia, nhs, ssn } from './checksums.ts'

describe('checksums', () => {
  it.each([
    ['card', luhn, '4111111111111111', '4111111111111112'],
    ['IBAN', iban, 'ES91 2100 0418 4502 0005 1332', 'ES91 2100 0418 4502 0005 1333'],
    ['NHS number', nhs, '9434765919', '9434765918'],
    ['DNI', dni, '12345678Z', '12345678A'],
    ['NIE', dni, 'X1234567L', 'X1234567M'],
    ['social security number', ssn, '219-09-9999', '000-09-9999'],
    ['Australian Medicare card', medicareAustralia, '2123456701', '2123456711'],
  ])('tells a %s from one with a digit wrong', (_, check, right, wrong) => {
    expect(check(right)).toBe(true)
    expect(check(wrong)).toBe(false)
  })
})
