import { deflateSync } from 'node:zlib'

type Pixel = readonly [red: number, green: number, blue: number, alpha: number]
const green: Pixel = [0x1f, 0x6f, 0x5c, 255]
const white: Pixel = [255, 255, 255, 255]
const clear: Pixel = [255, 255, 255, 0]

/** Samples per pixel and axis, for smooth edges. */
const samples = 4

/** A speech bubble with a heart; 192 pixels, full colour. */
export function colourIcon(): Uint8Array {
  return png(192, (x, y) => {
    if (!inBubble(x, y, 0)) return green
    return inHeart(x, y) ? green : white
  })
}

/** Its outline in white; 32 pixels, transparent, as Teams asks for. */
export function outlineIcon(): Uint8Array {
  return png(32, (x, y) => {
    const edge = inBubble(x, y, 0) && !inBubble(x, y, 0.07)
    return edge || inHeart(x, y) ? white : clear
  })
}

/** Whether a point of the unit square lies in the bubble, shrunk by `inset`: a rounded box with a tail. */
function inBubble(x: number, y: number, inset: number): boolean {
  const [halfWidth, halfHeight, radius] = [0.36 - inset, 0.28 - inset, 0.14 - inset / 2]
  const outside = (at: number, half: number) => Math.max(Math.abs(at) - (half - radius), 0)
  const box = Math.hypot(outside(x - 0.5, halfWidth), outside(y - 0.45, halfHeight)) <= radius
  const fromTip = y - (0.9 - inset * 2.4)
  const tail = y > 0.6 && fromTip < 0 && x > 0.26 + inset && x < 0.26 + inset - fromTip * 0.9
  return box || tail
}

/** (x² + y² − 1)³ < x² y³ is a heart. */
function inHeart(x: number, y: number): boolean {
  const [a, b] = [(x - 0.5) / 0.145, (0.44 - y) / 0.145]
  return (a * a + b * b - 1) ** 3 - a * a * b ** 3 < 0
}

/** https://www.w3.org/TR/png-3/ */
function png(size: number, at: (x: number, y: number) => Pixel): Uint8Array {
  const rows = Buffer.alloc(size * (1 + size * 4))
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) rows.set(pixel(x, y, size, at), y * (1 + size * 4) + 1 + x * 4)
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  // Eight bits, red green blue alpha.
  head.set([8, 6, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const chunks = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]
  return Uint8Array.from(Buffer.concat([signature, ...chunks]))
}

/** The mean of its samples, colours weighed by how much they cover. */
function pixel(x: number, y: number, size: number, at: (x: number, y: number) => Pixel): number[] {
  const sum = [0, 0, 0, 0]
  for (let i = 0; i < samples * samples; i++) {
    const [dx, dy] = [(i % samples) + 0.5, Math.floor(i / samples) + 0.5]
    const [red, green, blue, alpha] = at((x + dx / samples) / size, (y + dy / samples) / size)
    for (const [index, part] of [red * alpha, green * alpha, blue * alpha, alpha].entries())
      sum[index] = (sum[index] ?? 0) + part
  }
  const [red = 0, green = 0, blue = 0, alpha = 0] = sum
  const of = (part: number) => (alpha === 0 ? 255 : Math.round(part / alpha))
  return [of(red), of(green), of(blue), Math.round(alpha / samples ** 2)]
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc(body))
  return Buffer.concat([length, body, check])
}

/** The cyclic redundancy check of PNG: https://www.w3.org/TR/png-3/#D-CRCAppendix */
function crc(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return (value ^ 0xffffffff) >>> 0
}
