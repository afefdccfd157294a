import type { Command } from 'commander'
import { addAsk } from './commands/ask.ts'
import { addBackup, addRestore } from './commands/backup.ts'
import { addBench } from './commands/bench.ts'
import { addChat } from './commands/chat.ts'
import { addContent } from './commands/content.ts'
import { addData } from './commands/data.ts'
import { addDoctor } from './commands/doctor.ts'
import { addEval } from './commands/eval.ts'
import { addKey } from './commands/key.ts'
import { addMigrate } from './commands/migrate.ts'
import { addPause } from './commands/pause.ts'
import { addSetup } from './commands/setup.ts'
import { addSlack } from './commands/slack.ts'
import { addStaff } from './commands/staff.ts'
import { addStart } from './commands/start.ts'
import { addTeams } from './commands/teams.ts'
import { addTriage } from './commands/triage.ts'
import type { Host } from './host.ts'

/** Every command, in the order in which help lists them. */
export const commands: readonly ((program: Command, host: Host) => void)[] = [
  addStart,
  addChat,
  addAsk,
  addTriage,
  addSetup,
  addDoctor,
  addStaff,
  addPause,
  addContent,
  addData,
  addBackup,
  addRestore,
  addKey,
  addMigrate,
  addSlack,
  addTeams,
  addEval,
  addBench,
]
