import type { Handler } from '../http/handler.js';
import { listSecretKeysHandler } from './routes/list-secret-keys.js';

export const secretKeyHandlers: readonly Handler[] = [listSecretKeysHandler];
