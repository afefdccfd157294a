import { useEffect } from 'preact/hooks'
import { texts } from './texts.ts'

/** Escape so often within this time leaves, ms. */
const presses = 3
const withinMs = 2_000

/** Leaves at once for a page that says nothing, takes the conversation off this device, and closes the way back. */
export function Leave() {
  useEffect(() => {
    let times: number[] = []
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      times = [...times, event.timeStamp].filter((at) => event.timeStamp - at < withinMs)
      if (times.length >= presses) leave()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <a
      class="button leave"
      href="/leave"
      title={texts.leaveHelp}
      onClick={(event) => {
        event.preventDefault()
        leave()
      }}
    >
      {texts.leave}
    </a>
  )
}

function leave(): void {
  // Gone from the screen before the network answers.
  document.title = ' '
  document.body.hidden = true
  window.location.replace('/leave')
}
