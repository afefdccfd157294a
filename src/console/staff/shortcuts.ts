import { useEffect, useRef, useState } from 'preact/hooks'

/** Where the browser keeps whether keys of one letter work. */
const kept = 'salus-staff-keys'

/** What each key does; a key that does nothing now is left to the browser. */
export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>

/**
 * Keys of one letter, which rest in boxes, in dialogs and with Ctrl, Alt or Meta held; they can be switched off, for
 * whoever speaks to their computer (WCAG 2.1.4).
 */
export function useShortcuts(shortcuts: Shortcuts): readonly [on: boolean, toggle: () => void] {
  const [on, setOn] = useState(() => window.localStorage.getItem(kept) !== 'off')
  const current = useRef(shortcuts)
  current.current = shortcuts
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.key === 'Escape' && target.matches('textarea, input')) {
        target.blur()
        return
      }
      if (!on || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return
      if (target.closest('textarea, input, select, dialog')) return
      const act = current.current[event.key]
      if (!act) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [on])
  const toggle = () => {
    window.localStorage.setItem(kept, on ? 'off' : 'on')
    setOn(!on)
  }
  return [on, toggle]
}

/** Moves the focus by so many cases from the one that has it, or else from the one that is open. */
export function stepInList(by: number): void {
  const links = [...document.querySelectorAll<HTMLElement>('[data-case]')]
  const focused = links.indexOf(document.activeElement as HTMLElement)
  const from = focused >= 0 ? focused : links.findIndex((link) => link.ariaCurrent === 'true')
  const next = from < 0 ? 0 : Math.max(0, Math.min(links.length - 1, from + by))
  links[next]?.focus()
  links[next]?.scrollIntoView({ block: 'nearest' })
}

/** Presses or focuses what carries the name, when it is there. */
export function reach(id: string): void {
  const target = document.getElementById(id)
  if (target instanceof HTMLButtonElement) target.click()
  else target?.focus()
}
