import { channelContract } from '../contracts/channel.contract.ts'
import { discordDriver } from './discord-driver.ts'

channelContract(discordDriver)
