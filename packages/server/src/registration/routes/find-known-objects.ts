import { findKnownObjects } from '@latchkey/contract/routes/upload-jobs';
import { defineHandler } from '../../http/handler.js';
import { knownObjectsOf } from '../known-objects.js';

export const findKnownObjectsHandler = defineHandler(findKnownObjects, async (context, { params, body }) => ({
  known: await knownObjectsOf(context, params.folderUuid, body.identityHashes),
}));
