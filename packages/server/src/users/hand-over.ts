import { LatchkeyError } from '@latchkey/contract/errors';
import type { HandedOver, HandOverPreview } from '@latchkey/contract/schemas/user-state';
import type { Executor } from '@latchkey/db/engine/executor';
import {
  countTheirs,
  handOverNotifications,
  handOverObjects,
  handOverWebhooks,
  listTheirObjects,
} from '@latchkey/db/users/hand-over';
import { getUser, type UserRow } from '@latchkey/db/users/reader';
import { setHandedOverTo } from '@latchkey/db/users/state-writer';
import { recordChange } from '../audit/record-change.js';
import type { AppContext, Caller } from '../context.js';
import { mustGetUser } from './must-get-user.js';
import { keepingOrganisationAdmin } from './organisation-admins.js';

/** Throws `user_not_found`. */
export async function countHandOver({ db }: AppContext, userId: string): Promise<HandOverPreview> {
  await mustGetUser(db, userId);
  const folders = await listTheirObjects(db, 'folder', userId);
  const datasets = await listTheirObjects(db, 'dataset', userId);
  const integrations = await listTheirObjects(db, 'integration', userId);
  const { notifications, webhooks, running_jobs } = await countTheirs(db, userId, folders);
  return {
    foldersCount: folders.length,
    datasetsCount: datasets.length,
    integrationsCount: integrations.length,
    webhooksCount: webhooks,
    notificationsCount: notifications,
    runningJobsCount: running_jobs,
  };
}

export function handOverThingsOf(
  { db }: AppContext,
  caller: Caller,
  userId: string,
  toUserId: string,
): Promise<HandedOver> {
  return db.transaction((tx) =>
    keepingOrganisationAdmin(tx, caller, () => handOver(tx, caller, userId, toUserId)),
  );
}

/**
 * What a deactivated user administers or has alone gets another administrator in their place; what is shared with others
 * in another role stays. Throws `user_not_found`, `user_active`, `user_not_active` and
 * `service_account`.
 */
export async function handOver(
  tx: Executor,
  caller: Caller,
  userId: string,
  toUserId: string,
): Promise<HandedOver> {
  const from = await mustGetUser(tx, userId);
  if (!from.deactivated_at) throw new LatchkeyError('user_active');
  const to = await mustBeReceiver(tx, toUserId);
  const folderUuids = await handOverObjects(tx, 'folder', from.id, to.id);
  const datasetUuids = await handOverObjects(tx, 'dataset', from.id, to.id);
  const integrationUuids = await handOverObjects(tx, 'integration', from.id, to.id);
  const webhookUuids = await handOverWebhooks(tx, from.id, to.id);
  const notificationsCount = await handOverNotifications(tx, from.id, folderUuids, to.id);
  await setHandedOverTo(tx, from.id, to.id);
  const objects = { folderUuids, datasetUuids, integrationUuids, webhookUuids };
  const details = { toUserUuid: to.id, ...objects, notificationsCount };
  await recordChange(tx, caller, 'user.hand-over', { type: 'user', id: from.id }, details);
  return {
    foldersCount: folderUuids.length,
    datasetsCount: datasetUuids.length,
    integrationsCount: integrationUuids.length,
    webhooksCount: webhookUuids.length,
    notificationsCount,
  };
}

/** Nobody receives their own: they are deactivated. */
async function mustBeReceiver(tx: Executor, id: string): Promise<UserRow> {
  const user = await getUser(tx, id);
  if (!user) throw new LatchkeyError('user_not_found', 'There is no user to hand over to with this UUID.');
  if (user.kind === 'service') throw new LatchkeyError('service_account');
  if (user.deactivated_at)
    throw new LatchkeyError(
      'user_not_active',
      'Nothing is handed over to a user who is deactivated. Choose an active one.',
    );
  return user;
}
