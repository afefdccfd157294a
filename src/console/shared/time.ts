/** "14:05", with the day before it when it was not today. */
export function clockTime(at: number, now = Date.now()): string {
  const date = new Date(at)
  const today = new Date(now).toDateString() === date.toDateString()
  return date.toLocaleString(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    ...(today ? {} : { day: 'numeric', month: 'short' }),
  })
}

/** "less than a minute", "12 min", "3 h 5 min", "2 days". */
export function duration(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / 60_000)
  if (minutes < 1) return 'under 1 min'
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return `${Math.floor(hours / 24)} days`
}
