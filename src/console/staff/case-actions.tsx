import { useEffect, useState } from 'preact/hooks'
import type { CaseItem, CaseView } from '../../server/wire.ts'
import { Dialog } from './dialog.tsx'
import { fill, texts } from './texts.ts'
import type { Act, DoAct, Outcome } from './use-case.ts'
import { Writing } from './writing.tsx'

export interface CaseActionsProps {
  readonly view: CaseView
  readonly me: { readonly id: string; readonly name: string }
  readonly act: DoAct
}

/** What a member may do with a case now. What they may not do is not offered. */
export function CaseActions({ view, me, act }: CaseActionsProps) {
  const { item } = view
  const [news, setNews] = useState('')
  const [asking, setAsking] = useState<'snooze' | 'resolve'>()
  const mine = isMine(item, me.id)
  const run = async (what: Act): Promise<boolean> => {
    const outcome = await act(what)
    setNews(outcome.ok ? texts.done : refusalText(outcome))
    return outcome.ok
  }
  const settle = (what: Act) => {
    setAsking(undefined)
    void run(what)
  }
  return (
    <section class="actions" aria-label={item.pseudonym}>
      {mine && (
        <Writing
          name="reply"
          label={fill(texts.reply, { name: item.pseudonym })}
          help={fill(texts.replyHelp, { me: me.name })}
          button={texts.send}
          primary
          send={(text) => run({ kind: 'reply', text })}
        />
      )}
      {item.status !== 'resolved' && (
        <Writing
          name="note"
          label={texts.note}
          help={texts.noteHelp}
          button={texts.addNote}
          send={(text) => run({ kind: 'note', text })}
        />
      )}
      <div class="row">
        {(mine || isFree(item)) && (
          <button id="snooze" type="button" onClick={() => setAsking('snooze')}>
            {texts.snooze}
          </button>
        )}
        {mine && (
          <>
            <button type="button" onClick={() => void run({ kind: 'hand_back' })}>
              {texts.handBack}
            </button>
            <button id="resolve" type="button" onClick={() => setAsking('resolve')}>
              {texts.resolve}
            </button>
          </>
        )}
      </div>
      <p role="status" class="news">
        {news}
      </p>
      {asking === 'snooze' && (
        <Dialog title={texts.snoozeTitle} close={() => setAsking(undefined)}>
          <div class="row">
            {texts.snoozes.map(({ minutes, label }) => (
              <button key={minutes} type="button" onClick={() => settle({ kind: 'snooze', minutes })}>
                {label}
              </button>
            ))}
          </div>
        </Dialog>
      )}
      {asking === 'resolve' && (
        <Dialog title={texts.resolve} close={() => setAsking(undefined)}>
          <p>{texts.resolveSure}</p>
          <div class="row">
            <button type="button" class="primary" onClick={() => settle({ kind: 'resolve' })}>
              {texts.yes}
            </button>
            <button type="button" onClick={() => setAsking(undefined)}>
              {texts.no}
            </button>
          </div>
        </Dialog>
      )}
    </section>
  )
}

/** Offered first, for nothing else may be done for the person before. Says so when somebody else was quicker. */
export function Claim({ item, me, act }: Pick<CaseActionsProps, 'me' | 'act'> & { readonly item: CaseItem }) {
  const [asked, setAsked] = useState(false)
  const [refused, setRefused] = useState('')
  const other = item.owner && item.owner.id !== me.id ? item.owner.name : undefined
  // Taken in is not had: two may have asked, and the case itself tells whose it is.
  const lost = asked && other !== undefined ? fill(texts.quicker, { name: other }) : ''
  useEffect(() => {
    if (isMine(item, me.id)) {
      setAsked(false)
      setRefused('')
    }
  }, [item, me.id])
  const claim = async () => {
    setAsked(true)
    setRefused('')
    const outcome = await act({ kind: 'claim' })
    if (!outcome.ok) setRefused(refusalText(outcome))
  }
  return (
    <div class="claim">
      {isFree(item) && (
        <>
          <button id="claim" type="button" class="primary" onClick={() => void claim()}>
            {texts.claim}
          </button>
          <p class="quiet">{texts.claimHelp}</p>
        </>
      )}
      <p role="status" class="news">
        {lost || refused}
      </p>
    </div>
  )
}

export function isMine(item: CaseItem, me: string): boolean {
  return item.status === 'claimed' && item.owner?.id === me
}

function isFree(item: CaseItem): boolean {
  return item.status === 'waiting' || item.status === 'snoozed'
}

/** Why it was refused, in words. */
function refusalText(outcome: Extract<Outcome, { ok: false }>): string {
  return outcome.refusal.say ?? texts.refusals[outcome.refusal.error] ?? texts.notDone
}
