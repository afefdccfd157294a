import { webApi } from '@slack/bolt'

/** Slack's packages log what they are sent; here only codes are logged. */
export const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => webApi.LogLevel.ERROR,
  setName() {},
}
