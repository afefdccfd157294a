import { channelContract } from '../contracts/channel.contract.ts'
import { teamsDriver } from './teams-driver.ts'

channelContract(teamsDriver)
