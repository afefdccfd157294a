declare module '@nlpjs/basic' {
  export interface Nlp {
    addLanguage(locale: string): void
    addDocument(locale: string, utterance: string, intent: string): void
    train(): Promise<unknown>
    process(
      locale: string,
      utterance: string,
    ): Promise<{
      /** `None` below its own threshold. */
      readonly intent: string
      readonly classifications: readonly { readonly intent: string; readonly score: number }[]
    }>
  }
  export function dockStart(options: object): Promise<{ get(name: 'nlp'): Nlp }>
}
