import { strToU8, zipSync } from 'fflate'
import { colourIcon, outlineIcon } from './icons.ts'
import { manifest, type PackageParts } from './manifest.ts'

/** The zip file that an administrator uploads. The same parts make the same bytes. */
export function appPackage(parts: PackageParts): Uint8Array {
  return zipSync(
    {
      'manifest.json': strToU8(`${JSON.stringify(manifest(parts), null, 2)}\n`),
      'color.png': colourIcon(),
      'outline.png': outlineIcon(),
    },
    // The oldest time that a zip file can hold.
    { mtime: '1980-01-01T00:00:00' },
  )
}
