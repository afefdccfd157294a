import type { Contact } from '../core/conversation.ts'
import { asId, type PassageId } from '../core/ids.ts'
import { isNonEmpty } from '../core/json.ts'
import type { Reply } from '../core/reply.ts'
import type { Workspace } from '../core/workspace.ts'
import { sourcesOf, spoken } from './answer.ts'
import type { DialogKit } from './kit.ts'
import { createVoice, replyOf } from './voice.ts'

/** Topics that a page lists at most. */
const listedTopics = 12

export interface Reader {
  readonly workspace: Workspace
  readonly locale: string
  readonly now: number
}

/** The first words of a vetted article, for whoever chose to insert it; undefined when it may not be shown. */
export async function articleCard(
  kit: DialogKit,
  reader: Reader,
  article: { readonly title: string; readonly passage: string },
): Promise<Reply | undefined> {
  const answer = await kit.answer(
    {
      text: article.title,
      locale: reader.locale,
      now: reader.now,
      // Whoever reads it in a room is not known.
      withholdQuantities: true,
      passage: asId<PassageId>(article.passage),
    },
    reader.workspace,
  )
  if (answer.kind !== 'grounded') return undefined
  const voice = voiceFor(kit, reader)
  return replyOf([...spoken(voice, answer.statements), sourcesOf(voice, answer)], 'everyone')
}

/** What a person's own page on a platform says: how to ask, what there is, what is kept. */
export function homePage(kit: DialogKit, reader: Reader, topics: readonly string[]): Reply {
  const voice = voiceFor(kit, reader)
  const listed = topics.slice(0, listedTopics)
  return replyOf([
    voice.paragraph('channel.home.ask'),
    ...(isNonEmpty(listed)
      ? [voice.paragraph('channel.home.topics'), { kind: 'list' as const, items: listed }]
      : []),
    voice.paragraph('channel.home.data'),
    voice.notice('urgent', 'general.error.safe_danger'),
  ])
}

/** Nothing is known of who reads a page: the workspace's numbers, labelled as such. */
function voiceFor(kit: DialogKit, { workspace, locale, now }: Reader) {
  return createVoice(kit, { contact: { locale } as Contact, workspace, now })
}
