import { Dialog } from './dialog.tsx'
import { texts } from './texts.ts'

interface HelpProps {
  readonly on: boolean
  readonly toggle: () => void
  readonly close: () => void
}

/** The keys, and the switch that turns those of one letter off. */
export function Help({ on, toggle, close }: HelpProps) {
  return (
    <Dialog title={texts.shortcuts} close={close}>
      <dl class="keys">
        {texts.keyNames.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet">{texts.shortcutsHelp}</p>
      <label class="check">
        <input type="checkbox" checked={on} onChange={toggle} />
        {texts.shortcutsOn}
      </label>
    </Dialog>
  )
}
