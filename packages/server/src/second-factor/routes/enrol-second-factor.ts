import { enrolSecondFactor } from '@latchkey/contract/routes/second-factor';
import { confirmed } from '../../auth/confirmed.js';
import { defineHandler } from '../../http/handler.js';
import { enrol } from '../service.js';

export const enrolSecondFactorHandler = defineHandler(
  enrolSecondFactor,
  (context, { caller, body, request }) =>
    confirmed(request.server.confirmationAttempts, caller, () => enrol(context, caller, body.password)),
);
