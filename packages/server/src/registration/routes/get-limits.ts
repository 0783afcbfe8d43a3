import { getLimits } from '@latchkey/contract/routes/limits';
import { toServerLimits } from '@latchkey/contract/schemas/limits';
import { defineHandler } from '../../http/handler.js';

export const getLimitsHandler = defineHandler(getLimits, async ({ config }) =>
  toServerLimits(config.manifestLimits, config.quotas),
);
