/** All words of a message's body, in its components, too. */
export function wordsOf(body: Readonly<Record<string, unknown>>): string {
  const words: string[] = []
  const read = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) read(one)
    else if (typeof value === 'object' && value !== null) {
      const { type, content, components, accessory, component } = value as Record<string, unknown>
      if (type === 10 && typeof content === 'string') words.push(content)
      read(components)
      read(accessory)
      read(component)
    }
  }
  if (typeof body.content === 'string') words.push(body.content)
  read(body.components)
  return words.join('\n')
}

export interface Pressable {
  readonly id: string
  readonly label: string
  /** Of an option in a menu. */
  readonly value?: string
}

/** Everything that can be pressed or picked. */
export function pressables(body: Readonly<Record<string, unknown>>): readonly Pressable[] {
  const found: Pressable[] = []
  const read = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) read(one)
    else if (typeof value === 'object' && value !== null) {
      const { type, custom_id, label, options, components } = value as Record<string, unknown>
      if (type === 2) found.push({ id: String(custom_id), label: String(label) })
      if (type === 3) {
        for (const one of options as { label: string; value: string }[])
          found.push({ id: String(custom_id), label: one.label, value: one.value })
      }
      read(components)
    }
  }
  read(body.components)
  return found
}
