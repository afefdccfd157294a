import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { parseYaml } from './parse-yaml.ts'

const picture = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  article: z.string(),
  /** Ids of the sections that it is shown with. */
  sections: z.array(z.string()).min(1),
  /** What it shows, for whoever cannot see it. */
  alt: z.string().min(20).max(400),
})

export type Picture = z.output<typeof picture>

/** Reads `pictures.yaml` of a folder; none without it. Throws `CONTENT_INVALID` as `file:line: what`. */
export async function loadPictures(dir: string): Promise<readonly Picture[]> {
  const path = join(dir, 'pictures.yaml')
  const content = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (content === undefined) return []
  return parseYaml(path, content, z.strictObject({ pictures: z.array(picture) })).pictures
}

/** The drawing behind a picture. */
export function drawingOf(dir: string, id: string): string {
  return join(dir, `${id}.svg`)
}

/** Whether its drawing is there. */
export async function isDrawn(dir: string, { id }: Picture): Promise<boolean> {
  return access(drawingOf(dir, id)).then(
    () => true,
    () => false,
  )
}

/** Finds the picture of a passage, `article#section`. */
export function createPictureOf(pictures: readonly Picture[]) {
  const byPassage = new Map(
    pictures.flatMap((one) =>
      one.sections.map((section): readonly [string, Picture] => [`${one.article}#${section}`, one]),
    ),
  )
  return (passage: string): Picture | undefined => byPassage.get(passage)
}
