import { type Content, loadContent } from '../src/content.ts'

let loaded: Promise<Content> | undefined

/** The project's own content, read once for all the Saluses that a test file opens: nothing changes it. */
export function ownContent(): Promise<Content> {
  loaded ??= loadContent('content')
  return loaded
}
