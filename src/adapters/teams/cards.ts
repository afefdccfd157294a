import type { JsonObject } from '../../core/json.ts'
import { limits } from './limits.ts'
import { clip, defanged } from './text.ts'

/** Elements of an Adaptive Card, as far as Salus uses them: https://adaptivecards.io/explorer */
export type CardElement =
  | RichText
  | { readonly type: 'Image'; readonly url: string; readonly altText: string; readonly size: 'Stretch' }
  | {
      readonly type: 'Container'
      readonly style?: 'emphasis' | 'attention' | 'warning' | 'accent'
      readonly items: readonly CardElement[]
    }
  | { readonly type: 'ActionSet'; readonly actions: readonly CardAction[] }
  | {
      readonly type: 'Input.ChoiceSet'
      readonly id: string
      readonly label: string
      readonly style: 'compact'
      readonly isRequired: true
      readonly errorMessage: string
      readonly choices: readonly { readonly title: string; readonly value: string }[]
    }
  | {
      readonly type: 'Input.Text'
      readonly id: string
      readonly label: string
      readonly isMultiline: boolean
      readonly isRequired: boolean
      readonly errorMessage?: string
      readonly maxLength: number
      readonly value?: string
    }

export interface RichText {
  readonly type: 'RichTextBlock'
  readonly spacing?: 'Small'
  readonly inlines: readonly TextRun[]
}

export interface TextRun {
  readonly type: 'TextRun'
  readonly text: string
  readonly weight?: 'Bolder'
  readonly size?: 'Medium'
  readonly isSubtle?: true
  readonly italic?: true
  readonly selectAction?: { readonly type: 'Action.OpenUrl'; readonly url: string }
}

export type CardAction =
  | { readonly type: 'Action.Submit'; readonly title: string; readonly data: JsonObject }
  | {
      readonly type: 'Action.Execute'
      readonly title: string
      readonly verb: string
      readonly data: JsonObject
      readonly style?: 'positive'
    }
  | { readonly type: 'Action.OpenUrl'; readonly title: string; readonly url: string }

export interface Card {
  readonly type: 'AdaptiveCard'
  readonly $schema: string
  readonly version: string
  readonly fallbackText: string
  readonly rtl?: true
  readonly body: readonly CardElement[]
  readonly actions?: readonly CardAction[]
  readonly refresh?: {
    readonly action: Extract<CardAction, { type: 'Action.Execute' }>
    readonly userIds: readonly string[]
  }
}

export const cardType = 'application/vnd.microsoft.card.adaptive'

/** Runs hold words as they are: nothing in them is markup. */
export function run(text: string, style: Omit<TextRun, 'type' | 'text'> = {}): TextRun {
  return { type: 'TextRun', text: defanged(text), ...style }
}

export function rich(inlines: readonly TextRun[]): RichText {
  return { type: 'RichTextBlock', inlines }
}

/** Blocks that belong together stand close, below the first. */
export function close(blocks: readonly CardElement[]): CardElement[] {
  return blocks.map((block, index) =>
    index > 0 && block.type === 'RichTextBlock' ? { ...block, spacing: 'Small' } : block,
  )
}

export function card(
  body: readonly CardElement[],
  fallback: string,
  more: Pick<Card, 'actions' | 'refresh' | 'rtl'> = {},
): Card {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: limits.cardVersion,
    fallbackText: clip(defanged(fallback), limits.summary),
    ...more,
    body,
  }
}

export function attachment(content: Card) {
  return { contentType: cardType, content }
}

/** What Teams counts: UTF-16. */
export function bytesOf(value: unknown): number {
  return JSON.stringify(value).length * 2
}
