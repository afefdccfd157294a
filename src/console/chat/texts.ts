/** Every English word of the chat page that is not Salus speaking. */
export const texts = {
  title: 'Salus',
  skip: 'Skip to your message',
  leave: 'Leave now',
  leaveHelp:
    'Opens another site and takes this chat off this device. Pressing Escape three times does the same.',
  demo: 'This is a demo on this computer. Numbers shown: {country}.',
  headline: 'Ask a health question',
  what: 'Salus is an automated assistant, not a clinician. It answers from articles with their sources shown, and it helps you reach a person.',
  danger: 'If anyone is in danger now, call {emergency}. Salus cannot call for you.',
  dangerNoNumber: 'If anyone is in danger now, call your local emergency number. Salus cannot call for you.',
  talk: 'To talk to somebody:',
  examplesTitle: 'For example',
  // Each is answered by an article; a test asks them all.
  examples: [
    'What are the signs of a stroke?',
    'How do I cool a burn?',
    'What helps a migraine?',
    'What should my blood pressure be?',
  ],
  privacy: 'Privacy',
  log: 'Conversation',
  me: 'You',
  salus: 'Salus',
  person: 'A person from the team',
  working: 'Salus is reading your message',
  sending: 'Sending',
  sent: 'Sent',
  failed: 'Not sent. Try again',
  input: 'Your message',
  send: 'Send',
  hint: 'Enter sends, Shift and Enter starts a new line.',
  quick: ['Talk to a person', 'Help', 'Privacy'],
  quickLabel: 'Shortcuts',
  urgent: 'Urgent',
  caution: 'Please note',
  call: 'Call {phone}',
  text: 'Text {word} to {to}',
  textPlain: 'Text {to}',
  open: 'Open website',
  newTab: '(opens in a new tab)',
  sources: 'Sources ({count})',
  read: 'read {date}',
  chosen: 'chosen',
  report: 'Wrong or harmful?',
  reported: 'Reported',
  verdict: 'Claim:',
  offline: 'No connection. What you write is sent when it is back.',
  newBelow: 'New message below',
  loadFailed: 'The chat could not be loaded. If anyone is in danger, call your local emergency number.',
  again: 'Try again',
} as const

/** Puts values in the place of `{names}`. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
