import { getSecondFactor } from '@latchkey/contract/routes/second-factor';
import { defineHandler } from '../../http/handler.js';
import { describeSecondFactor } from '../service.js';

export const getSecondFactorHandler = defineHandler(getSecondFactor, (context, { caller }) =>
  describeSecondFactor(context, caller.userId),
);
