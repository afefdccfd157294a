/** One finding of `doctor`. `fail` stops a safe start; `warn` should be known. */
export interface Check {
  readonly area: 'config' | 'database' | 'content' | 'helplines' | 'organisation' | 'channels' | 'model'
  readonly state: 'ok' | 'warn' | 'fail'
  readonly text: string
  /** What to do about it. */
  readonly todo?: string
}

/** Findings of one area, without repeating its name. */
export function findings(area: Check['area']) {
  const finding =
    (state: Check['state']) =>
    (text: string, todo?: string): Check => ({ area, state, text, ...(todo ? { todo } : {}) })
  return { ok: finding('ok'), warn: finding('warn'), fail: finding('fail') }
}
