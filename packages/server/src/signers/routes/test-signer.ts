import { testSigner } from '@latchkey/contract/routes/signers';
import { defineHandler } from '../../http/handler.js';
import { publicOrigin } from '../../http/public-origin.js';
import { grantForTest } from '../service.js';

export const testSignerHandler = defineHandler(testSigner, (context, { caller, params, body, request }) =>
  grantForTest(context, caller, params.integrationUuid, body.objectUrls, publicOrigin(context, request)),
);
