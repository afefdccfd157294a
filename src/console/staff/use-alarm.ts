import { useCallback, useRef, useState } from 'preact/hooks'
import type { StaffAlert } from '../../server/wire.ts'
import { fill, texts } from './texts.ts'

export interface Alarm {
  readonly on: boolean
  /** Asks for notices of the desktop, and plays the tones once: browsers allow both only after a press. */
  toggle(): void
  /** Sounds; for a crisis or an emergency the desktop says so, too. */
  raise(alert: StaffAlert): void
}

/** Sound and notices, off until somebody asks for them. */
export function useAlarm(): Alarm {
  const [on, setOn] = useState(false)
  const context = useRef<AudioContext | undefined>(undefined)
  const raise = useCallback((alert: StaffAlert) => {
    if (!context.current) return
    playTones(context.current)
    const crisis = alert.level === 'emergency' || alert.level === 'crisis'
    if (!crisis || !('Notification' in window) || Notification.permission !== 'granted') return
    // A notice may lie on a screen that others see: level and pseudonym, never a topic.
    const notice = new Notification(fill(texts.noticeTitle, { level: texts.levels[alert.level] }), {
      body: fill(texts.noticeBody, { name: alert.pseudonym }),
      tag: alert.caseId ?? alert.id,
      icon: '/assets/icon.svg',
      requireInteraction: true,
    })
    notice.onclick = () => {
      window.focus()
      if (alert.caseId) window.location.hash = `#case/${alert.caseId}`
      notice.close()
    }
  }, [])
  return {
    on,
    raise,
    toggle: () => {
      if (on) {
        void context.current?.close()
        context.current = undefined
      } else {
        context.current = new AudioContext()
        playTones(context.current)
        if ('Notification' in window && Notification.permission === 'default') {
          void Notification.requestPermission()
        }
      }
      setOn(!on)
    },
  }
}

/** Two short tones, made here: nothing is loaded. */
function playTones(audio: AudioContext): void {
  for (const [index, pitch] of [660, 880].entries()) {
    const start = audio.currentTime + index * 0.22
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0.0001, start)
    volume.gain.exponentialRampToValueAtTime(0.25, start + 0.03)
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.2)
    tone.connect(volume).connect(audio.destination)
    tone.start(start)
    tone.stop(start + 0.21)
  }
}
