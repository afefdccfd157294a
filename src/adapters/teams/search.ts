import type { SurfaceView } from '../../core/channel-host.ts'
import { attachment, card } from './cards.ts'
import { limits } from './limits.ts'
import { render, type TeamsPayload } from './render.ts'
import { clip, defanged } from './text.ts'

const thumbnail = 'application/vnd.microsoft.card.thumbnail'

/** Titles of vetted articles: https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search */
export function foundArticles(view: SurfaceView) {
  const items = view.kind === 'topics' ? view.items : []
  const attachments = items.slice(0, limits.searchResults).map(({ id, title }) => {
    const content = { title: clip(defanged(title), limits.text) }
    return {
      contentType: thumbnail,
      content,
      preview: {
        contentType: thumbnail,
        content: { ...content, tap: { type: 'invoke', value: { salus: 'article', id } } },
      },
    }
  })
  return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } }
}

/** The card of an article that somebody chose to insert: its first message, and no buttons that would be theirs. */
export function articleToInsert(view: SurfaceView) {
  if (view.kind !== 'reply')
    return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments: [] } }
  const [first] = render(view.reply)
  const { card: shown } = first.payload as unknown as TeamsPayload
  const body = shown.body.filter(({ type }) => type === 'RichTextBlock' || type === 'Container')
  const title = clip(defanged(view.title), limits.text)
  const preview = { contentType: thumbnail, content: { title } }
  return {
    composeExtension: {
      type: 'result',
      attachmentLayout: 'list',
      attachments: [{ ...attachment(card(body, title)), preview }],
    },
  }
}
