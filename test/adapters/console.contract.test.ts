import { channelContract } from '../contracts/channel.contract.ts'
import { consoleDriver } from './console-driver.ts'

channelContract(consoleDriver)
