import type { Handler } from '../http/handler.js';
import { disableSecondFactorHandler } from './routes/disable-second-factor.js';
import { enableSecondFactorHandler } from './routes/enable-second-factor.js';
import { enrolSecondFactorHandler } from './routes/enrol-second-factor.js';
import { getSecondFactorHandler } from './routes/get-second-factor.js';
import { renewRecoveryCodesHandler } from './routes/renew-recovery-codes.js';
import { resetSecondFactorHandler } from './routes/reset-second-factor.js';

export const secondFactorHandlers: readonly Handler[] = [
  getSecondFactorHandler,
  enrolSecondFactorHandler,
  enableSecondFactorHandler,
  renewRecoveryCodesHandler,
  disableSecondFactorHandler,
  resetSecondFactorHandler,
];
