import { previewHandOver } from '@latchkey/contract/routes/users';
import { defineHandler } from '../../http/handler.js';
import { countHandOver } from '../hand-over.js';

export const previewHandOverHandler = defineHandler(previewHandOver, (context, { params }) =>
  countHandOver(context, params.userUuid),
);
