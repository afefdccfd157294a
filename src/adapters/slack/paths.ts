/** Where Slack sends events, commands and presses. */
export const eventsPath = '/slack/events'
/** Where an installation by OAuth begins, and where Slack sends people back to. */
export const installPath = '/slack/install'
export const redirectPath = '/slack/oauth_redirect'
