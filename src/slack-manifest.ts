import { stringify } from 'yaml'
import { type ManifestParts, manifest } from './adapters/slack/manifest.ts'

/** The app's manifest as YAML, as api.slack.com/apps takes it. */
export function slackManifest(parts: ManifestParts): string {
  return stringify(manifest(parts), { lineWidth: 0, aliasDuplicateObjects: false })
}
