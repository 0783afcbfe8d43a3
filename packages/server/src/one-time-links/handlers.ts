import type { Handler } from '../http/handler.js';
import { acceptInvitationHandler } from './routes/accept-invitation.js';
import { createInvitationHandler } from './routes/create-invitation.js';
import { createPasswordResetHandler } from './routes/create-password-reset.js';
import { listOneTimeLinksHandler } from './routes/list-one-time-links.js';
import { lookUpOneTimeLinkHandler } from './routes/look-up-one-time-link.js';
import { resetPasswordHandler } from './routes/reset-password.js';
import { revokeOneTimeLinkHandler } from './routes/revoke-one-time-link.js';

export const oneTimeLinkHandlers: readonly Handler[] = [
  listOneTimeLinksHandler,
  createInvitationHandler,
  createPasswordResetHandler,
  revokeOneTimeLinkHandler,
  lookUpOneTimeLinkHandler,
  acceptInvitationHandler,
  resetPasswordHandler,
];
