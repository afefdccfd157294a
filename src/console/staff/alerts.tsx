import type { StaffAlert } from '../../server/wire.ts'
import { LevelTag } from './level-tag.tsx'
import { fill, texts, topicText } from './texts.ts'

/** Alarms that came in while the page is open: said at once, and there until somebody opens or dismisses them. */
export function Alerts({
  alerts,
  dismiss,
}: {
  alerts: readonly StaffAlert[]
  dismiss: (id: string) => void
}) {
  return (
    <div role="alert" class="alerts">
      {alerts.map((alert) => (
        <div key={alert.id} class="alert">
          <p>
            <strong>{texts.reasons[alert.reason] ?? alert.reason}</strong> <LevelTag level={alert.level} />{' '}
            {alert.pseudonym}: {topicText(alert.topic)}
          </p>
          <span class="row">
            {alert.caseId === undefined ? null : (
              <a class="button primary" href={`#case/${alert.caseId}`} onClick={() => dismiss(alert.id)}>
                {texts.openIt}
                <span class="unseen"> {fill(texts.contact, { name: alert.pseudonym })}</span>
              </a>
            )}
            <button type="button" onClick={() => dismiss(alert.id)}>
              {texts.dismiss}
              <span class="unseen"> {alert.pseudonym}</span>
            </button>
          </span>
        </div>
      ))}
    </div>
  )
}
