import type { Command } from 'commander'
import type { Host } from '../host.ts'

export function addSlack(program: Command, host: Host): void {
  const slack = program.command('slack').description('Slack: the app that an administrator creates.')
  slack
    .command('manifest')
    .description('Print the manifest of the app, for api.slack.com/apps.')
    .option('--socket', 'for Socket Mode, without a public address')
    .option('--many', 'for installation by OAuth in many workspaces')
    .action(async (options: { socket?: boolean; many?: boolean }) => {
      const { publicUrl } = host.config()
      const { slackManifest } = await import('../../slack-manifest.ts')
      const parts = { publicUrl, socket: options.socket === true, many: options.many === true }
      host.terminal.out(slackManifest(parts).trimEnd())
    })
}
