import { startTestGateway } from '../start-gateway.ts'
import { describeGateway } from './suite.ts'

describeGateway('gateway on Node', startTestGateway)
