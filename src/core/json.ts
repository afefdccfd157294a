/** Values that survive a round trip through JSON. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined
}

/** A list with at least one element: an empty one does not type-check. */
export type NonEmpty<T> = readonly [T, ...T[]]

/** True, and narrows, when the list has an element. */
export function isNonEmpty<T>(list: readonly T[]): list is NonEmpty<T> {
  return list.length > 0
}
