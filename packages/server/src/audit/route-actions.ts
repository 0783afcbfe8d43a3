import type { Route } from '@latchkey/contract/route';

/** Their services write entries themselves, in the transaction of the change. */
const auditedByService: ReadonlySet<string> = new Set([
  'startUploadJob',
  'startUploadJobFromManifest',
  'deleteFolder',
  'moveFolders',
  'moveItems',
  'editItemsMetadata',
  'deleteItems',
  'createDataGroups',
  'migrateStorage',
  'patchIntegration',
  'deleteIntegration',
  'addIntegrationOrigins',
  'setIntegrationMember',
  'removeIntegrationMember',
  'setFolderMember',
  'removeFolderMember',
  'addFolderGroups',
  'removeFolderGroups',
  'setDatasetMember',
  'removeDatasetMember',
  'addDatasetGroups',
  'removeDatasetGroups',
  'addIntegrationGroups',
  'removeIntegrationGroups',
  'createGroup',
  'patchGroup',
  'deleteGroup',
  'addGroupMembers',
  'removeGroupMember',
  'exportItems',
  'deleteDataset',
  'addDatasetItems',
  'removeDatasetItems',
  'createSignerTokens',
  'testSigner',
  'rotateSigningKey',
  'signIn',
  'signInWithPasskey',
  'createInvitation',
  'acceptInvitation',
  'resetPassword',
  'setMetadataSchema',
  'setSimpleMetadataSchema',
]);

/** They only read, or change what is the caller's alone. */
const changesNothing: ReadonlySet<string> = new Set([
  'getItemsBulk',
  'markNotificationsRead',
  'lookUpOneTimeLink',
  'preparePasskey',
  'preparePasskeySignIn',
]);

/** In the words of the other actions. */
const names: Readonly<Record<string, string>> = {
  signOut: 'session.end',
  endSession: 'session.revoke',
  endOtherSessions: 'session.revoke-others',
  changePassword: 'user.change-password',
  createPasswordReset: 'user.create-password-link',
  revokeOneTimeLink: 'one-time-link.revoke',
  enrolSecondFactor: 'second-factor.enrol',
  enableSecondFactor: 'second-factor.enable',
  renewRecoveryCodes: 'second-factor.renew-recovery-codes',
  disableSecondFactor: 'second-factor.disable',
  resetSecondFactor: 'second-factor.reset',
  addPasskey: 'passkey.add',
  renamePasskey: 'passkey.rename',
  removePasskey: 'passkey.remove',
  removePasskeysOfUser: 'passkey.remove-all',
  setUp: 'organisation.set-up',
  createUser: 'user.create',
  addSshKey: 'key.add',
  deleteSshKey: 'key.delete',
  createApiToken: 'token.create',
  deleteApiToken: 'token.delete',
  getBearerToken: 'token.create',
  createFolder: 'folder.create',
  patchFolder: 'folder.change',
  patchFoldersBulk: 'folder.change',
  patchItem: 'item.change',
  patchItemsBulk: 'item.change',
  createIntegration: 'integration.create',
  createDataset: 'dataset.create',
  patchDataset: 'dataset.change',
  cancelUploadJob: 'upload-job.cancel',
  createWebhook: 'webhook.create',
  patchWebhook: 'webhook.change',
  deleteWebhook: 'webhook.delete',
  rotateWebhookSecret: 'webhook.rotate-secret',
  testWebhook: 'webhook.test',
  redeliverWebhook: 'webhook.redeliver',
};

/** What the audit log calls a route that changes something; null for one that does not, or that writes its own entry. */
export function actionOf({ operationId, method }: Route): string | null {
  if (auditedByService.has(operationId) || changesNothing.has(operationId)) return null;
  const name = names[operationId];
  if (name !== undefined) return name;
  return method === 'GET' ? null : `request.${operationId}`;
}
