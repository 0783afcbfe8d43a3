import type { Handler } from '../http/handler.js';
import { changePasswordHandler } from './routes/change-password.js';
import { endOtherSessionsHandler } from './routes/end-other-sessions.js';
import { endSessionHandler } from './routes/end-session.js';
import { listSessionsHandler } from './routes/list-sessions.js';

export const sessionHandlers: readonly Handler[] = [
  listSessionsHandler,
  endSessionHandler,
  endOtherSessionsHandler,
  changePasswordHandler,
];
