import type { ComponentChildren, JSX } from 'preact'
import type { Line, ReplyElement } from '../../core/reply.ts'
import { fill, texts } from './texts.ts'

type Of<Kind extends ReplyElement['kind']> = Extract<ReplyElement, { kind: Kind }>

/** What the buttons of a reply need to know. */
export interface ChoiceContext {
  readonly pressed: (action: string, value: string) => 'chosen' | 'closed' | 'open'
  readonly choose: (action: string, value: string, label: string) => void
}

/** Draws one element of a reply. Every kind is drawn: a missing one does not compile. */
export function Element({
  element,
  choices,
}: {
  element: ReplyElement
  choices: ChoiceContext
}): JSX.Element {
  switch (element.kind) {
    case 'paragraph':
      return <Paragraph text={element.text} />
    case 'list':
      return <List element={element} />
    case 'notice':
      return <Notice element={element} />
    case 'helpline':
      return (
        <ul class="lines">
          {element.lines.map((line) => (
            <Helpline key={line.name} line={line} />
          ))}
        </ul>
      )
    case 'correction':
      return (
        <div class="correction">
          <p>
            <Linked text={element.truth} />
          </p>
          <p class="quiet">
            {texts.verdict} “{element.claim}” <strong>{element.verdict}</strong>
          </p>
        </div>
      )
    case 'sources':
      return <Sources element={element} />
    case 'choices':
      return <Choices element={element} choices={choices} />
    case 'image':
      return (
        <p>
          <img class="picture" src={`/${element.path}`} alt={element.alt} width="640" height="400" />
        </p>
      )
  }
}

function Paragraph({ text }: { text: string }) {
  return (
    <>
      {text.split(/\n{2,}/).map((block) => (
        <p key={block}>
          <Linked text={block} />
        </p>
      ))}
    </>
  )
}

function List({ element }: { element: Of<'list'> }) {
  const items = element.items.map((item) => (
    <li key={item}>
      <Linked text={item} />
    </li>
  ))
  return element.ordered ? <ol>{items}</ol> : <ul>{items}</ul>
}

/** An address in a text becomes a link; nothing else in it is markup. */
function Linked({ text }: { text: string }): JSX.Element {
  const parts = text.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/g)
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 1 ? (
          <a key={part} href={part} target="_blank" rel="noopener noreferrer">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </>
  )
}

function Notice({ element }: { element: Of<'notice'> }) {
  if (element.tone === 'info') {
    return (
      <p class="notice info">
        <Linked text={element.text} />
      </p>
    )
  }
  const urgent = element.tone === 'urgent'
  return (
    <div class={`notice ${element.tone}`}>
      <p class="notice-head">
        <WarningSign />
        {urgent ? texts.urgent : texts.caution}
      </p>
      <p class="notice-text">
        <Linked text={element.text} />
      </p>
      {urgent && <CallButtons text={element.text} />}
    </div>
  )
}

/** Numbers of three digits in an urgent notice are the ones to call: one tap each. */
function CallButtons({ text }: { text: string }) {
  const numbers = [...new Set(text.match(/(?<![\d.,-])\d{3}(?![\d,-]|\.\d| \d)/g) ?? [])].slice(0, 2)
  if (numbers.length === 0) return null
  return (
    <div class="actions">
      {numbers.map((phone) => (
        <a key={phone} class="button primary" href={`tel:${phone}`}>
          {fill(texts.call, { phone })}
        </a>
      ))}
    </div>
  )
}

export function Helpline({ line }: { line: Line }) {
  const { phone, text, url } = line
  return (
    <li class="line">
      <strong>{line.name}</strong>
      <span class="quiet">{line.said}</span>
      <span class="actions">
        {phone && (
          <a class="button" href={`tel:${phone.replace(/[^+\d*#]/g, '')}`}>
            {fill(texts.call, { phone })}
          </a>
        )}
        {text && (
          <a
            class="button"
            href={`sms:${text.to.replace(/[^+\d]/g, '')}${text.body ? `?body=${encodeURIComponent(text.body)}` : ''}`}
          >
            {text.body
              ? fill(texts.text, { word: text.body, to: text.to })
              : fill(texts.textPlain, { to: text.to })}
          </a>
        )}
        {url && /^https?:/.test(url) && (
          <a class="button" href={url} target="_blank" rel="noopener noreferrer">
            {texts.open}
            <span class="unseen">
              {' '}
              {line.name} {texts.newTab}
            </span>
          </a>
        )}
      </span>
    </li>
  )
}

function Sources({ element }: { element: Of<'sources'> }) {
  return (
    <div class="sources">
      <p class="review">{element.label}</p>
      <details>
        <summary>{fill(texts.sources, { count: element.items.length })}</summary>
        <ul>
          {element.items.map((item) => (
            <li key={item.url}>
              <SourceLink url={item.url}>{item.title}</SourceLink>
              <span class="quiet">
                {item.publisher}, {fill(texts.read, { date: item.read })}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </div>
  )
}

function SourceLink({ url, children }: { url: string; children: ComponentChildren }) {
  if (!/^https?:/.test(url)) return <span>{children}</span>
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {children}
      <span class="unseen"> {texts.newTab}</span>
    </a>
  )
}

function Choices({ element, choices }: { element: Of<'choices'>; choices: ChoiceContext }) {
  const { action, prompt, options } = element
  return (
    <fieldset class="choices">
      <legend class={prompt ? '' : 'unseen'}>{prompt ?? texts.quickLabel}</legend>
      {options.map(({ value, label }) => {
        const state = choices.pressed(action, value)
        return (
          <button
            key={value}
            type="button"
            aria-disabled={state !== 'open'}
            onClick={() => state === 'open' && choices.choose(action, value, label)}
          >
            {state === 'chosen' && <span aria-hidden="true">✓</span>}
            {label}
            {state === 'chosen' && <span class="unseen"> ({texts.chosen})</span>}
          </button>
        )
      })}
    </fieldset>
  )
}

export function WarningSign() {
  return (
    <svg class="sign" viewBox="0 0 24 24" aria-hidden="true">
      <path
        d="M12 3 22.5 21H1.5Z"
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linejoin="round"
      />
      <path d="M12 9.5v5" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" />
      <circle cx="12" cy="17.8" r="1.3" fill="currentColor" />
    </svg>
  )
}
