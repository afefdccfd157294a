import type { ConversationRef } from '../../core/inbound.ts'
import type { SlackPayload } from './render.ts'

/** Slack takes answers for half an hour, five at most, ms: https://docs.slack.dev/interactivity/handling-user-interaction */
const livesMs = 25 * 60_000
const timeoutMs = 5_000
const slackHosts = ['hooks.slack.com', 'hooks.slack-gov.com']

/** The conversation, with the address that a command or a press came with. */
export function answerable(ref: ConversationRef, url: string | undefined, now: number): ConversationRef {
  return url ? { ...ref, route: { ...ref.route, answerUrl: url, answerUntil: now + livesMs } } : ref
}

/** Answers to a command or a press that only the person sees, and that vanish: for whom no direct conversation opens. */
export function createAnswerUrls(parts: { readonly now: () => number; readonly api?: string }) {
  // Words of a person go there: nowhere but to Slack, or to what stands in for it.
  const hosts = new Set([...slackHosts, ...(parts.api ? [new URL(parts.api).hostname] : [])])
  return {
    async whisper({ route }: ConversationRef, { text, blocks }: SlackPayload): Promise<void> {
      const { answerUrl, answerUntil } = route
      if (typeof answerUrl !== 'string' || parts.now() >= Number(answerUntil)) return
      if (!URL.canParse(answerUrl) || !hosts.has(new URL(answerUrl).hostname)) return
      const response = await fetch(answerUrl, {
        method: 'POST',
        redirect: 'error',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text, blocks }),
        signal: AbortSignal.timeout(timeoutMs),
      })
      if (!response.ok) throw new Error('not taken')
    },
  }
}
