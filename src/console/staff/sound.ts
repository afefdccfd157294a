import { useCallback, useRef, useState } from 'preact/hooks'

export interface AlarmSound {
  readonly on: boolean
  /** Turning it on plays it once: browsers allow sound only after a press, and one knows then how it sounds. */
  toggle(): void
  play(): void
}

/** Two short tones, made here: nothing is loaded. */
export function useAlarmSound(): AlarmSound {
  const [on, setOn] = useState(false)
  const context = useRef<AudioContext | undefined>(undefined)
  const play = useCallback(() => {
    const audio = context.current
    if (!audio) return
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
  }, [])
  return {
    on,
    toggle: () => {
      if (on) {
        void context.current?.close()
        context.current = undefined
      } else {
        context.current = new AudioContext()
        play()
      }
      setOn(!on)
    },
    play,
  }
}
