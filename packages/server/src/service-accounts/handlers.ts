import type { Handler } from '../http/handler.js';
import { addServiceAccountKeyHandler } from './routes/add-service-account-key.js';
import { createServiceAccountHandler } from './routes/create-service-account.js';
import { createServiceAccountTokenHandler } from './routes/create-service-account-token.js';
import { deleteServiceAccountKeyHandler } from './routes/delete-service-account-key.js';
import { deleteServiceAccountTokenHandler } from './routes/delete-service-account-token.js';
import { listServiceAccountKeysHandler } from './routes/list-service-account-keys.js';
import { listServiceAccountTokensHandler } from './routes/list-service-account-tokens.js';

export const serviceAccountHandlers: readonly Handler[] = [
  createServiceAccountHandler,
  listServiceAccountTokensHandler,
  createServiceAccountTokenHandler,
  deleteServiceAccountTokenHandler,
  listServiceAccountKeysHandler,
  addServiceAccountKeyHandler,
  deleteServiceAccountKeyHandler,
];
