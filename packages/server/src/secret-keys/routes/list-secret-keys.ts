import { listSecretKeys } from '@latchkey/contract/routes/secret-keys';
import { defineHandler } from '../../http/handler.js';
import { describeSecretKeys } from '../describe-secret-keys.js';

export const listSecretKeysHandler = defineHandler(listSecretKeys, (context) => describeSecretKeys(context));
