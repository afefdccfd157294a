import { inflateSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { manifest, manifestLimits } from './manifest.ts'
import { appPackage } from './package.ts'

const parts = {
  appId: '5ab1c0de-0000-4000-8000-000000000001',
  version: '0.1.0',
  organisation: 'The Riverside and Hillside Community Clinic of the Northern Valley',
  publicUrl: 'https://chat.clinic.example',
}

describe('the app package', () => {
  const files = unzipSync(appPackage(parts))
  const read = JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString('utf8')) as ReturnType<
    typeof manifest
  >

  it('holds a manifest and the icons that it names, and nothing else', () => {
    expect(Object.keys(files).sort()).toEqual(['color.png', 'manifest.json', 'outline.png'])
    expect([read.icons.color, read.icons.outline]).toEqual(['color.png', 'outline.png'])
  })

  it('is the same each time', () => {
    expect(appPackage(parts)).toEqual(appPackage(parts))
  })

  it.each([
    ['color.png', 192],
    ['outline.png', 32],
  ])('%s is a picture of %i pixels', (name, size) => {
    const { width, height, pixels } = decode(files[name]!)
    expect([width, height]).toEqual([size, size])
    const kinds = new Set(pixels.map((pixel) => pixel.join()))
    expect(kinds.size).toBeGreaterThan(2)
  })

  it('has an outline of white on nothing, as Teams asks for', () => {
    const { pixels } = decode(files['outline.png']!)
    for (const [red, green, blue] of pixels) expect([red, green, blue]).toEqual([255, 255, 255])
    expect(pixels.some(([, , , alpha]) => alpha === 0)).toBe(true)
    expect(pixels.some(([, , , alpha]) => alpha === 255)).toBe(true)
  })

  it('has a full-colour icon without holes', () => {
    for (const [, , , alpha] of decode(files['color.png']!).pixels) expect(alpha).toBe(255)
  })
})

describe('the manifest', () => {
  const made = manifest(parts)

  it('keeps to the longest that Teams takes', () => {
    expect(made.developer.name.length).toBeLessThanOrEqual(manifestLimits.developerName)
    expect(made.name.short.length).toBeLessThanOrEqual(manifestLimits.shortName)
    expect(made.name.full.length).toBeLessThanOrEqual(manifestLimits.fullName)
    expect(made.description.short.length).toBeLessThanOrEqual(manifestLimits.shortDescription)
    expect(made.description.full.length).toBeLessThanOrEqual(manifestLimits.fullDescription)
    const listed = made.bots.flatMap(({ commandLists }) => commandLists.flatMap(({ commands }) => commands))
    const commands = [...listed, ...made.composeExtensions.flatMap((one) => one.commands)]
    for (const { title, description } of commands) {
      expect(title.length).toBeLessThanOrEqual(manifestLimits.commandTitle)
      expect(description.length).toBeLessThanOrEqual(manifestLimits.commandDescription)
    }
  })

  it('names every command once, and a domain without its protocol', () => {
    const ids = made.composeExtensions.flatMap((one) => one.commands).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(made.validDomains).toEqual(['chat.clinic.example'])
  })
})

/** Reads a PNG without filters, 8 bits, red green blue alpha. */
function decode(bytes: Uint8Array) {
  const buffer = Buffer.from(bytes)
  const [width, height] = [buffer.readUInt32BE(16), buffer.readUInt32BE(20)]
  const length = buffer.readUInt32BE(33)
  const rows = inflateSync(buffer.subarray(41, 41 + length))
  const pixels = Array.from({ length: width * height }, (_one, index) => {
    const at = Math.floor(index / width) * (1 + width * 4) + 1 + (index % width) * 4
    return [rows[at], rows[at + 1], rows[at + 2], rows[at + 3]] as const
  })
  return { width, height, pixels }
}
