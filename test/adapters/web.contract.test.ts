import { channelContract } from '../contracts/channel.contract.ts'
import { webDriver } from './web-driver.ts'

channelContract(webDriver)
