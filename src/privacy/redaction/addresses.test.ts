import { describe, expect, it } from 'vitest'
import { findAddresses } from './addresses.ts'

const addressesIn = (text: string) =>
  findAddresses(text, true).map(({ start, end }) => text.slice(start, end))

describe('addresses', () => {
  it.each([
    '12 Harbour Street, Brighton BN1 4GH',
    '4410 Willow Creek Dr, Apt 3B, Austin, TX 78745',
    'PO Box 4471, Denver, CO 80201',
    '15 rue de la Paix, 75002 Paris',
    'Lindenstraße 14, 10969 Berlin',
    'Calle Alcalá 45, 3ºB, 28014 Madrid',
    'Av. Insurgentes Sur 1602, Col. Crédito Constructor',
    'Carrera 7 # 45-12, Bogotá',
    '6750 Koskikatu 25 Apt. 864',
    'SW1A 2AA',
    'K1A 0B1',
  ])('finds %j whole', (address) => {
    expect(addressesIn(address)).toEqual([address])
    expect(addressesIn(`it is ${address}. I feel faint`)).toEqual([address])
  })

  it('finds where somebody lives, and no country', () => {
    expect(addressesIn('I live in Stoke-on-Trent now')).toEqual(['Stoke-on-Trent'])
    expect(addressesIn('vivo en Alcobendas y')).toEqual(['Alcobendas'])
    expect(addressesIn('We live in Spain. Vivo en España. I live in fear')).toEqual([])
  })

  it('leaves what follows an address: it may be why somebody writes', () => {
    expect(addressesIn('221b Baker Street, he isn’t breathing')).toEqual(['221b Baker Street'])
    expect(addressesIn('12 High Street\nChest pain since 8')).toEqual(['12 High Street'])
    expect(addressesIn('calle Mayor 3\nDolor en el pecho')).toEqual(['calle Mayor 3'])
  })

  it.each([
    'bp 190/120 twice in a row and 20 minutes of close pain',
    'arde al orinar y me duele la cintura, 37.8',
    'took 500 Paracetamol 20 minutes ago, 10 mg by the way',
    'via oral 20 mg cada 8 horas',
    'llama al 900 202 010',
    'take 2 tablets the hard way, 100 steps a day in the park',
  ])('finds none in %j', (text) => expect(addressesIn(text)).toEqual([]))
})
