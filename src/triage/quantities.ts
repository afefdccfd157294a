import type { Token } from './tokenize.ts'

/** What a number in a message can be a measure of, and its unit once read. */
export const quantityKinds = [
  /** A bare number, whatever it counts. */
  'n',
  /** Age in months. */
  'age',
  /** Body temperature in degrees Celsius. */
  'temp',
  /** Upper and lower blood pressure in mmHg. */
  'sys',
  'dia',
  /** Blood glucose in mmol/L. */
  'sugar',
  /** Weeks of pregnancy. */
  'weeks',
  /** Weeks that may be of a pregnancy, when other words say so. */
  'gest',
  /** Days since something happened. */
  'ago',
  /** How long something lasts, in hours. */
  'for',
  /** Oxygen saturation in percent. */
  'oxygen',
  /** Heart beats a minute. */
  'pulse',
  /** Units of alcohol or drinks, and tablets: a counted thing that was taken. */
  'taken',
] as const
export type QuantityKind = (typeof quantityKinds)[number]

/** One measure read in a text: tokens `[start, end)`. */
export interface Quantity {
  readonly kind: QuantityKind
  readonly value: number
  readonly start: number
  readonly end: number
}

const months: Readonly<Record<string, number>> = {
  hour: 1 / 730,
  hours: 1 / 730,
  day: 1 / 30.4,
  days: 1 / 30.4,
  dia: 1 / 30.4,
  dias: 1 / 30.4,
  d: 1 / 30.4,
  week: 1 / 4.35,
  weeks: 1 / 4.35,
  wk: 1 / 4.35,
  wks: 1 / 4.35,
  w: 1 / 4.35,
  wo: 1 / 4.35,
  semana: 1 / 4.35,
  semanas: 1 / 4.35,
  month: 1,
  months: 1,
  mo: 1,
  mos: 1,
  mth: 1,
  mths: 1,
  m: 1,
  mes: 1,
  meses: 1,
  year: 12,
  years: 12,
  yr: 12,
  yrs: 12,
  y: 12,
  yo: 12,
  ano: 12,
  anos: 12,
  anitos: 12,
}
const hours: Readonly<Record<string, number>> = {
  second: 1 / 3600,
  seconds: 1 / 3600,
  segundos: 1 / 3600,
  minute: 1 / 60,
  minutes: 1 / 60,
  min: 1 / 60,
  mins: 1 / 60,
  minuto: 1 / 60,
  minutos: 1 / 60,
  hour: 1,
  hours: 1,
  hr: 1,
  hrs: 1,
  h: 1,
  hora: 1,
  horas: 1,
  day: 24,
  days: 24,
  dia: 24,
  dias: 24,
  night: 24,
  nights: 24,
  week: 168,
  weeks: 168,
  wk: 168,
  wks: 168,
  semana: 168,
  semanas: 168,
  month: 730,
  months: 730,
  mes: 730,
  meses: 730,
  year: 8760,
  years: 8760,
  yr: 8760,
  yrs: 8760,
  ano: 8760,
  anos: 8760,
  decade: 87600,
  decades: 87600,
}

const oldWords = new Set(['old', 'yo', 'aged', 'edad'])
const kin = new Set([
  'baby',
  'newborn',
  'infant',
  'son',
  'daughter',
  'child',
  'kid',
  'toddler',
  'boy',
  'girl',
  'nephew',
  'niece',
  'grandson',
  'granddaughter',
  'grandchild',
  'bebe',
  'hijo',
  'hija',
  'nino',
  'nina',
  'sobrino',
  'nieto',
  'nieta',
  'recien',
  'little',
  'lo',
])
const heatWords = new Set([
  'temp',
  'temperature',
  'fever',
  'febrile',
  'fiebre',
  'temperatura',
  'calentura',
  'thermometer',
  'feverish',
])
const pressureWords = new Set(['bp', 'pressure', 'presion', 'tension'])
const sugarWords = new Set([
  'sugar',
  'sugars',
  'glucose',
  'bg',
  'bgl',
  'cgm',
  'libre',
  'dexcom',
  'azucar',
  'glucosa',
  'glucemia',
  'glicemia',
  'glucometer',
  'mmol',
])
const oxygenWords = new Set([
  'oxygen',
  'spo2',
  'sats',
  'sat',
  'saturation',
  'o2',
  'oximeter',
  'oxigeno',
  'saturacion',
  'satura',
])
const pulseWords = new Set(['heart', 'heartbeat', 'pulse', 'hr', 'bpm', 'heartrate', 'rate', 'pulso'])
const pregnantWords = new Set([
  'pregnant',
  'pregnancy',
  'preg',
  'preggo',
  'preggers',
  'gestation',
  'along',
  'embarazada',
  'embarazo',
  'gestacion',
  'gravid',
])

/** Reads every number with the unit or the word that says what it measures. Linear: looks at most six words around. */
export function readQuantities(tokens: readonly Token[]): Quantity[] {
  const found: Quantity[] = []
  for (let i = 0; i < tokens.length; i += 1) {
    const value = tokens[i]?.value
    if (value !== undefined) readAt(tokens, i, value, found)
  }
  return found
}

function readAt(tokens: readonly Token[], i: number, value: number, found: Quantity[]): void {
  const word = (at: number) => tokens[at]?.text ?? ''
  const near = (set: ReadonlySet<string>, before: number, after: number) => {
    for (let k = Math.max(0, i - before); k <= i + after && k < tokens.length; k += 1)
      if (set.has(word(k))) return true
    return false
  }
  const add = (kind: QuantityKind, amount: number, end: number) =>
    found.push({ kind, value: amount, start: i, end })
  add('n', value, i + 1)
  const unit = word(i + 1)
  readTime()
  readAge()
  if (near(pregnantWords, 6, 5) || (near(pregnantWords, 40, 40) && word(i - 1) === 'at')) {
    if (/^(w|wk|wks|week|weeks|semana|semanas)$/.test(unit)) add('weeks', value, i + 2)
    else if (/^(month|months|mes|meses)$/.test(unit)) add('weeks', value * 4.35, i + 2)
  }
  if (value >= 4 && value <= 43 && /^(w|wk|wks|week|weeks|sem|semana|semanas)$/.test(unit)) {
    const before = word(i - 1)
    const after = word(i + 2)
    if (
      !/^(for|last|past|in|every|after|hace|than|next|desde)$/.test(before) &&
      !/^(ago|old|later|after|postpartum|postop|straight|now|back)$/.test(after)
    )
      add('gest', value, i + 2)
  }
  readTemperature()
  readPressure()
  readSugar()
  if (value >= 50 && value <= 100 && near(oxygenWords, 5, 2)) add('oxygen', value, i + 1)
  if (value >= 20 && value <= 260 && (unit === 'bpm' || near(pulseWords, 5, 2))) add('pulse', value, i + 1)

  function readTime(): void {
    const span = hours[unit]
    if (span === undefined) return
    const after = word(i + 2)
    const later = word(i + 3)
    if (after === 'ago' || after === 'back' || (after === 'or' && later === 'so') || after === 'atras')
      add('ago', (value * span) / 24, i + 3)
    else if (word(i - 1) === 'hace' || (word(i - 2) === 'hace' && i >= 2))
      add('ago', (value * span) / 24, i + 2)
    else add('for', value * span, i + 2)
  }
  function readAge(): void {
    const scale = months[unit]
    if (scale !== undefined) {
      const next = word(i + 2)
      const isOld = oldWords.has(next) || unit === 'yo' || unit === 'wo' || unit === 'anitos' || next === 'o'
      const isKin =
        kin.has(next) ||
        kin.has(word(i + 3)) ||
        (kin.has(word(i - 1)) && next !== 'ago') ||
        (kin.has(word(i - 2)) && (word(i - 1) === 'is' || word(i - 1) === 'de' || word(i - 1) === 'tiene'))
      const isSpanish =
        (word(i - 1) === 'tengo' ||
          word(i - 1) === 'tiene' ||
          word(i - 1) === 'de' ||
          word(i - 1) === 'con') &&
        /^an(o|os)$|^mes(es)?$/.test(unit)
      const isDoctors = scale === 12 && /^(f|m|female|male|man|woman|boy|girl)$/.test(next)
      if (isOld || isKin || isSpanish || isDoctors) {
        add('age', value * scale, i + (oldWords.has(next) || next === 'o' ? 3 : 2))
        return
      }
    }
    const before = word(i - 1)
    const said = before === 'aged' || before === 'age' || (before === 'am' && word(i - 2) === 'i')
    const bare =
      unit === '' ||
      tokens[i + 1]?.clause !== tokens[i]?.clause ||
      unit === 'and' ||
      unit === 'm' ||
      unit === 'f'
    const he =
      before === 'is' && /^(he|she|who|son|daughter|friend|sister|brother|kid|baby)$/.test(word(i - 2))
    if (
      (said || he) &&
      (bare || hours[unit] === undefined) &&
      value >= 5 &&
      value <= 110 &&
      !/^(percent|kg|lbs|mg|weeks|minutes|st|th|rd|nd|hours)$/.test(unit)
    ) {
      if (said || bare) add('age', value * 12, i + 1)
    }
  }
  function readTemperature(): void {
    let at = i + 1
    let next = word(at)
    if (next === 'degrees' || next === 'degree' || next === 'deg' || next === 'grados') next = word(++at)
    const celsius = next === 'c' || next === 'celsius' || next === 'centigrade' || next === 'centigrados'
    const fahrenheit = next === 'f' || next === 'fahrenheit'
    const hot = near(heatWords, 6, 4)
    if (value >= 93 && value <= 112 && (fahrenheit || hot || at > i + 1))
      add('temp', ((value - 32) * 5) / 9, at + (fahrenheit ? 1 : 0))
    else if (value >= 25 && value <= 43.5 && (celsius || hot || (at > i + 1 && value >= 34))) {
      if (hours[unit] === undefined && months[unit] === undefined) add('temp', value, at + (celsius ? 1 : 0))
    } else if (value >= 80 && value < 93 && fahrenheit && hot) add('temp', ((value - 32) * 5) / 9, at + 1)
  }
  function readPressure(): void {
    const over = unit === 'over' || unit === 'sobre' || unit === 'on'
    const lower = tokens[i + (over ? 2 : 1)]?.value
    if (lower === undefined) return
    const end = i + (over ? 3 : 2)
    const cued = near(pressureWords, 6, 6)
    const tens = cued && value >= 7 && value <= 26 && lower >= 4 && lower <= 16 && value > lower
    const plain = value >= 60 && value <= 280 && lower >= 30 && lower <= 180 && value > lower
    if (tens) {
      add('sys', value * 10, end)
      add('dia', lower * 10, end)
    } else if (plain && (cued || (value >= 90 && (over || tokens[i + 1]?.slash === true)))) {
      add('sys', value, end)
      add('dia', lower, end)
    }
  }
  function readSugar(): void {
    if (!/^\d/.test(word(i))) return
    // "Type 1" is a kind of diabetes, not a reading.
    if (/^(type|tipo)$/.test(word(i - 1))) return
    // Ketones stand beside the sugar, in the same unit.
    if (/^(ketone|ketones|cetonas)$/.test(word(i - 1)) || /^(ketone|ketones|cetonas)$/.test(word(i - 2)))
      return
    const perDecilitre = (unit === 'mg' && word(i + 2) === 'dl') || unit === 'mgdl'
    const mmol = unit.startsWith('mmol')
    if (!perDecilitre && !mmol && !near(sugarWords, 7, 4)) return
    const mg = perDecilitre || unit === 'mg' || unit === 'dl'
    if (mg || (!mmol && value >= 34 && value <= 1500)) add('sugar', value / 18.02, i + 1)
    else if (value >= 0.5 && value < 34 && hours[unit] === undefined && months[unit] === undefined)
      add('sugar', value, i + 1)
  }
}
