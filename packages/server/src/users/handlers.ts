import type { Handler } from '../http/handler.js';
import { addSshKeyHandler } from './routes/add-ssh-key.js';
import { createApiTokenHandler } from './routes/create-api-token.js';
import { createUserHandler } from './routes/create-user.js';
import { deactivateUserHandler } from './routes/deactivate-user.js';
import { deleteApiTokenHandler } from './routes/delete-api-token.js';
import { deleteSshKeyHandler } from './routes/delete-ssh-key.js';
import { getBearerTokenHandler } from './routes/get-bearer-token.js';
import { getCurrentUserHandler } from './routes/get-current-user.js';
import { getSessionHandler } from './routes/get-session.js';
import { handOverUserHandler } from './routes/hand-over-user.js';
import { listApiTokensHandler } from './routes/list-api-tokens.js';
import { listSshKeysHandler } from './routes/list-ssh-keys.js';
import { listUsersHandler } from './routes/list-users.js';
import { patchUserHandler } from './routes/patch-user.js';
import { previewHandOverHandler } from './routes/preview-hand-over.js';
import { reactivateUserHandler } from './routes/reactivate-user.js';
import { setUpHandler } from './routes/set-up.js';
import { signInHandler } from './routes/sign-in.js';
import { signOutHandler } from './routes/sign-out.js';

export const userHandlers: readonly Handler[] = [
  getSessionHandler,
  signInHandler,
  signOutHandler,
  setUpHandler,
  getBearerTokenHandler,
  getCurrentUserHandler,
  listUsersHandler,
  createUserHandler,
  patchUserHandler,
  deactivateUserHandler,
  reactivateUserHandler,
  previewHandOverHandler,
  handOverUserHandler,
  listSshKeysHandler,
  addSshKeyHandler,
  deleteSshKeyHandler,
  listApiTokensHandler,
  createApiTokenHandler,
  deleteApiTokenHandler,
];
