import { listSshKeys } from '@latchkey/contract/routes/session';
import { defineHandler } from '../../http/handler.js';
import { getSshKeys } from '../keys.js';

export const listSshKeysHandler = defineHandler(listSshKeys, async (context, { caller }) => ({
  result: await getSshKeys(context, caller),
}));
