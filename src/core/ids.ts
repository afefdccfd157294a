/**
 * Branded identifiers. A plain string does not type-check where an id is due, so that a
 * contact's id is never passed as a conversation's.
 */
declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

/** An organisation's installation: a Slack workspace, a Discord guild, a web site. */
export type WorkspaceId = Branded<'WorkspaceId'>
/** One account in one workspace. Random; says nothing about the person. */
export type ContactId = Branded<'ContactId'>
/** One person in one place: workspace + place + contact. */
export type ConversationKey = Branded<'ConversationKey'>
/** A platform account's address, `channel:account`. Personal data: stored only as a keyed HMAC and encrypted. */
export type Urn = Branded<'Urn'>
export type InboxId = Branded<'InboxId'>
export type CaseId = Branded<'CaseId'>
/** A staff member's id in Salus, not their platform account. */
export type StaffId = Branded<'StaffId'>
/** `fever-in-children` */
export type ArticleId = Branded<'ArticleId'>
/** `fever-in-children#signs`: stable across edits of the text. */
export type PassageId = Branded<'PassageId'>
/** `turn/reply/part`: unique for ever; one delivery. */
export type DeliveryKey = Branded<'DeliveryKey'>

/** Marks a string as an id. Only parsers, the store and tests call it. */
export function asId<Id extends string>(text: string): Id {
  return text as Id
}
