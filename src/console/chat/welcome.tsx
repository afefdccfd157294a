import type { ChatAbout } from '../../server/wire.ts'
import { Helpline, WarningSign } from './elements.tsx'
import { fill, texts } from './texts.ts'

/** The first screen: what Salus is, whom to call, who is there, and what one might ask. */
export function Welcome({ about, ask }: { about: ChatAbout; ask: (question: string) => void }) {
  return (
    <section class="welcome" aria-labelledby="welcome">
      <h2 id="welcome">{texts.headline}</h2>
      <p>{texts.what}</p>
      <p class="quiet">
        {about.staffing} {about.demo && fill(texts.demo, { country: about.country })}{' '}
        {about.privacyUrl && (
          <a href={about.privacyUrl} rel="noopener noreferrer">
            {texts.privacy}
          </a>
        )}
      </p>
      <div class="danger">
        <p>
          <WarningSign />
          <strong>
            {about.emergency ? fill(texts.danger, { emergency: about.emergency }) : texts.dangerNoNumber}
          </strong>
        </p>
        {about.lines.length > 0 && (
          <ul class="lines">
            {about.lines.map((line) => (
              <Helpline key={line.name} line={line} />
            ))}
          </ul>
        )}
      </div>
      <h3>{texts.examplesTitle}</h3>
      <ul class="examples">
        {texts.examples.map((question) => (
          <li key={question}>
            <button type="button" onClick={() => ask(question)}>
              {question}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
