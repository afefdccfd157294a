import { channelContract } from '../contracts/channel.contract.ts'
import { slackDriver } from './slack-driver.ts'

channelContract(slackDriver('http'))
