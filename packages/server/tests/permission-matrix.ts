import { nobody } from './storage-fixtures.js';

/**
 * Objects that one user owns. `viewer` and `admin` have that role on each; `editor` has it on the folders, through a
 * group. On what has no viewers and editors, both are users. The others have none.
 */
export interface Objects {
  readonly folder: string;
  readonly otherFolder: string;
  readonly integration: string;
  readonly item: string;
  readonly dataset: string;
  /** Pending. */
  readonly job: string;
}

export interface RequestParts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

export interface Fixtures {
  readonly images: (count: number) => readonly object[];
  readonly publicKey: () => string;
}

export const roles = ['anonymous', 'stranger', 'viewer', 'editor', 'admin', 'organisationAdmin'] as const;

interface Entry {
  readonly request: (objects: Objects, fixtures: Fixtures) => RequestParts;
  /** One for each of `roles`. */
  readonly statuses: readonly [number, number, number, number, number, number];
}

const nothing = () => ({});
const withCode = () => ({ body: { code: '123456' } });
const noCredential = {
  id: 'AA',
  rawId: 'AA',
  type: 'public-key',
  response: {
    clientDataJSON: 'e30',
    attestationObject: 'AA',
    authenticatorData: 'AA',
    signature: 'AA',
    userHandle: 'AA',
  },
};
const aMoment = '2026-03-01T12:00:00Z';
const ofFolder = ({ folder }: Objects) => ({ params: { folderUuid: folder } });
const ofItem = ({ folder, item }: Objects) => ({ params: { folderUuid: folder, itemUuid: item } });
const ofJob = ({ folder, job }: Objects) => ({ params: { folderUuid: folder, jobUuid: job } });
const ofNoUser = { params: { userUuid: nobody } };
const ofNoGroup = { params: { groupHash: nobody } };
const ofNoWebhook = { params: { webhookUuid: nobody } };
const ofDataset = ({ dataset }: Objects) => ({ params: { datasetUuid: dataset } });
const matchingOfDataset = (objects: Objects) => ({
  ...ofDataset(objects),
  body: { folderUuid: objects.folder, filter: { search: 'nothing' }, createdBefore: aMoment },
});
const ofIntegration = ({ integration }: Objects) => ({ params: { integrationUuid: integration } });

const everybody = [200, 200, 200, 200, 200, 200] as const;
const signedIn = [401, 200, 200, 200, 200, 200] as const;
const nothingOfTheirs = [401, 404, 404, 404, 404, 404] as const;
const readers = [401, 403, 200, 200, 200, 200] as const;
const editors = [401, 403, 403, 200, 200, 200] as const;
const silentEditors = [401, 403, 403, 204, 204, 204] as const;
const admins = [401, 403, 403, 403, 200, 200] as const;
const silentAdmins = [401, 403, 403, 403, 204, 204] as const;
const adminsMiss = [401, 403, 403, 403, 404, 404] as const;
const organisationAdmins = [401, 403, 403, 403, 403, 200] as const;
const organisationAdminsMiss = [401, 403, 403, 403, 403, 404] as const;

/** What each route answers to each role: a route without an entry fails the build. */
export const matrix: Readonly<Record<string, Entry>> = {
  getSession: { request: nothing, statuses: everybody },
  setUp: {
    request: () => ({ body: { token: 'x', email: 'x@example.com', password: 'a long password' } }),
    statuses: [409, 409, 409, 409, 409, 409],
  },
  signIn: {
    request: () => ({ body: { email: 'nobody@example.com', password: 'a wrong password' } }),
    statuses: [401, 401, 401, 401, 401, 401],
  },
  getSignInMethods: { request: nothing, statuses: everybody },
  // No identity provider is set up.
  beginSingleSignOn: { request: () => ({ body: {} }), statuses: [409, 409, 409, 409, 409, 409] },
  finishSingleSignOn: {
    request: () => ({ body: { query: 'state=x' } }),
    statuses: [409, 409, 409, 409, 409, 409],
  },
  signOut: { request: nothing, statuses: [204, 204, 204, 204, 204, 204] },
  getCurrentUser: { request: nothing, statuses: signedIn },
  getBearerToken: { request: nothing, statuses: signedIn },
  listSshKeys: { request: nothing, statuses: signedIn },
  addSshKey: {
    request: (_objects, { publicKey }) => ({ body: { title: 'key', publicKey: publicKey() } }),
    statuses: signedIn,
  },
  deleteSshKey: { request: () => ({ params: { keyUuid: nobody } }), statuses: nothingOfTheirs },
  listApiTokens: { request: nothing, statuses: signedIn },
  createApiToken: { request: () => ({ body: { title: 'token' } }), statuses: signedIn },
  deleteApiToken: { request: () => ({ params: { tokenUuid: nobody } }), statuses: nothingOfTheirs },
  listSessions: { request: nothing, statuses: signedIn },
  endSession: { request: () => ({ params: { sessionUuid: nobody } }), statuses: nothingOfTheirs },
  endOtherSessions: { request: nothing, statuses: signedIn },
  // The users of the matrix have no password.
  changePassword: {
    request: () => ({ body: { currentPassword: 'a wrong password', newPassword: 'a long password' } }),
    statuses: [401, 403, 403, 403, 403, 403],
  },
  getSecondFactor: { request: nothing, statuses: signedIn },
  enrolSecondFactor: {
    request: () => ({ body: { password: 'a wrong password' } }),
    statuses: [401, 403, 403, 403, 403, 403],
  },
  enableSecondFactor: { request: withCode, statuses: nothingOfTheirs },
  renewRecoveryCodes: { request: withCode, statuses: nothingOfTheirs },
  disableSecondFactor: { request: withCode, statuses: nothingOfTheirs },
  resetSecondFactor: {
    request: () => ({ params: { userUuid: nobody } }),
    statuses: organisationAdminsMiss,
  },
  listPasskeys: { request: nothing, statuses: signedIn },
  // They have no password, and come with a token.
  preparePasskey: { request: () => ({ body: {} }), statuses: [401, 403, 403, 403, 403, 403] },
  addPasskey: {
    request: () => ({ body: { name: 'key', credential: noCredential } }),
    statuses: [401, 403, 403, 403, 403, 403],
  },
  renamePasskey: {
    request: () => ({ params: { passkeyUuid: nobody }, body: { name: 'key' } }),
    statuses: nothingOfTheirs,
  },
  removePasskey: {
    request: () => ({ params: { passkeyUuid: nobody }, body: {} }),
    statuses: [401, 403, 403, 403, 403, 403],
  },
  removePasskeysOfUser: {
    request: () => ({ params: { userUuid: nobody } }),
    statuses: organisationAdminsMiss,
  },
  preparePasskeySignIn: { request: nothing, statuses: everybody },
  signInWithPasskey: {
    request: () => ({ body: { credential: noCredential } }),
    statuses: [403, 403, 403, 403, 403, 403],
  },
  listOneTimeLinks: { request: nothing, statuses: organisationAdmins },
  createInvitation: {
    request: () => ({ body: { email: 'invited@example.com' } }),
    statuses: organisationAdmins,
  },
  createPasswordReset: {
    request: () => ({ params: { userUuid: nobody }, body: {} }),
    statuses: organisationAdminsMiss,
  },
  revokeOneTimeLink: {
    request: () => ({ params: { linkUuid: nobody } }),
    statuses: organisationAdminsMiss,
  },
  lookUpOneTimeLink: { request: () => ({ body: { token: 'x' } }), statuses: [404, 404, 404, 404, 404, 404] },
  acceptInvitation: {
    request: () => ({ body: { token: 'x', password: 'a long password' } }),
    statuses: [404, 404, 404, 404, 404, 404],
  },
  resetPassword: {
    request: () => ({ body: { token: 'x', password: 'a long password' } }),
    statuses: [404, 404, 404, 404, 404, 404],
  },
  listUsers: { request: nothing, statuses: organisationAdmins },
  createUser: {
    request: ({ job }) => ({ body: { email: `${job}@example.com` } }),
    statuses: organisationAdmins,
  },
  patchUser: { request: () => ({ ...ofNoUser, body: { name: 'Ann' } }), statuses: organisationAdminsMiss },
  deactivateUser: { request: () => ({ ...ofNoUser, body: {} }), statuses: organisationAdminsMiss },
  reactivateUser: { request: () => ofNoUser, statuses: organisationAdminsMiss },
  previewHandOver: { request: () => ofNoUser, statuses: organisationAdminsMiss },
  handOverUser: {
    request: () => ({ ...ofNoUser, body: { toUserUuid: nobody } }),
    statuses: organisationAdminsMiss,
  },
  createServiceAccount: { request: () => ({ body: { name: 'Import' } }), statuses: organisationAdmins },
  listServiceAccountTokens: { request: () => ofNoUser, statuses: organisationAdminsMiss },
  createServiceAccountToken: {
    request: () => ({ ...ofNoUser, body: { title: 'token' } }),
    statuses: organisationAdminsMiss,
  },
  deleteServiceAccountToken: {
    request: () => ({ params: { userUuid: nobody, tokenUuid: nobody } }),
    statuses: organisationAdminsMiss,
  },
  listServiceAccountKeys: { request: () => ofNoUser, statuses: organisationAdminsMiss },
  addServiceAccountKey: {
    request: (_objects, { publicKey }) => ({ ...ofNoUser, body: { title: 'key', publicKey: publicKey() } }),
    statuses: organisationAdminsMiss,
  },
  deleteServiceAccountKey: {
    request: () => ({ params: { userUuid: nobody, keyUuid: nobody } }),
    statuses: organisationAdminsMiss,
  },
  getSigningKeys: { request: nothing, statuses: everybody },
  rotateSigningKey: { request: () => ({ body: {} }), statuses: organisationAdmins },
  createSignerTokens: { request: ({ item }) => ({ body: { itemUuids: [item] } }), statuses: readers },
  // The integration has no signer.
  testSigner: {
    request: (objects) => ({ ...ofIntegration(objects), body: { objectUrls: [] } }),
    statuses: [401, 403, 403, 403, 409, 409],
  },
  getLimits: { request: nothing, statuses: signedIn },
  listSecretKeys: { request: nothing, statuses: organisationAdmins },
  listNotifications: { request: nothing, statuses: signedIn },
  markNotificationsRead: { request: () => ({ body: {} }), statuses: [401, 204, 204, 204, 204, 204] },

  listFolderMembers: { request: ofFolder, statuses: readers },
  setFolderMember: {
    request: (objects) => ({
      ...ofFolder(objects),
      body: { userEmail: 'nobody@example.com', folderRole: 'viewer' },
    }),
    statuses: adminsMiss,
  },
  removeFolderMember: {
    request: ({ folder }) => ({ params: { folderUuid: folder, userUuid: nobody } }),
    statuses: adminsMiss,
  },
  listFolderGroups: { request: ofFolder, statuses: readers },
  addFolderGroups: {
    request: (objects) => ({ ...ofFolder(objects), body: { groupHashList: [nobody], userRole: 'user' } }),
    statuses: adminsMiss,
  },
  removeFolderGroups: {
    request: (objects) => ({ ...ofFolder(objects), query: { groupHashList: [nobody] } }),
    statuses: adminsMiss,
  },
  listDatasetMembers: { request: ofDataset, statuses: readers },
  setDatasetMember: {
    request: (objects) => ({
      ...ofDataset(objects),
      body: { userEmail: 'nobody@example.com', userRole: 'user' },
    }),
    statuses: adminsMiss,
  },
  removeDatasetMember: {
    request: ({ dataset }) => ({ params: { datasetUuid: dataset, userUuid: nobody } }),
    statuses: adminsMiss,
  },
  listDatasetGroups: { request: ofDataset, statuses: readers },
  addDatasetGroups: {
    request: (objects) => ({ ...ofDataset(objects), body: { groupHashList: [nobody], userRole: 1 } }),
    statuses: adminsMiss,
  },
  removeDatasetGroups: {
    request: (objects) => ({ ...ofDataset(objects), query: { groupHashList: [nobody] } }),
    statuses: adminsMiss,
  },
  listIntegrationGroups: { request: ofIntegration, statuses: readers },
  addIntegrationGroups: {
    request: (objects) => ({
      ...ofIntegration(objects),
      body: { groupHashList: [nobody], userRole: 'user' },
    }),
    statuses: adminsMiss,
  },
  removeIntegrationGroups: {
    request: (objects) => ({ ...ofIntegration(objects), query: { groupHashList: [nobody] } }),
    statuses: adminsMiss,
  },

  listGroups: { request: nothing, statuses: signedIn },
  createGroup: { request: ({ job }) => ({ body: { name: `Group ${job}` } }), statuses: organisationAdmins },
  getGroup: { request: () => ofNoGroup, statuses: organisationAdminsMiss },
  patchGroup: { request: () => ({ ...ofNoGroup, body: { name: 'New' } }), statuses: organisationAdminsMiss },
  deleteGroup: { request: () => ofNoGroup, statuses: organisationAdminsMiss },
  listGroupMembers: { request: () => ofNoGroup, statuses: organisationAdminsMiss },
  addGroupMembers: {
    request: () => ({ ...ofNoGroup, body: { userUuids: [nobody] } }),
    statuses: organisationAdminsMiss,
  },
  removeGroupMember: {
    request: () => ({ params: { groupHash: nobody, userUuid: nobody } }),
    statuses: organisationAdminsMiss,
  },

  createIntegration: {
    request: ({ integration }) => ({ body: { title: `Another ${integration}` } }),
    statuses: signedIn,
  },
  listIntegrations: { request: nothing, statuses: signedIn },
  getIntegration: { request: ofIntegration, statuses: readers },
  patchIntegration: {
    request: (objects) => ({ ...ofIntegration(objects), body: { title: `New ${objects.integration}` } }),
    statuses: admins,
  },
  addIntegrationOrigins: {
    request: (objects) => ({ ...ofIntegration(objects), body: { origins: ['https://a.example.com'] } }),
    statuses: readers,
  },
  listIntegrationMembers: { request: ofIntegration, statuses: readers },
  setIntegrationMember: {
    request: (objects) => ({
      ...ofIntegration(objects),
      body: { userEmail: 'nobody@example.com', userRole: 'user' },
    }),
    statuses: adminsMiss,
  },
  removeIntegrationMember: {
    request: ({ integration }) => ({ params: { integrationUuid: integration, userUuid: nobody } }),
    statuses: adminsMiss,
  },
  createDataset: { request: () => ({ body: { title: 'Dataset' } }), statuses: signedIn },
  listDatasets: { request: nothing, statuses: signedIn },
  getDataset: { request: ofDataset, statuses: readers },
  patchDataset: {
    request: (objects) => ({ ...ofDataset(objects), body: { title: 'Other title' } }),
    statuses: admins,
  },
  deleteDataset: { request: ofDataset, statuses: silentAdmins },
  listDatasetItems: { request: ofDataset, statuses: readers },
  addDatasetItems: {
    request: (objects) => ({ ...ofDataset(objects), body: { itemUuids: [objects.item] } }),
    statuses: admins,
  },
  removeDatasetItems: {
    request: (objects) => ({ ...ofDataset(objects), body: { itemUuids: [objects.item] } }),
    statuses: admins,
  },
  addMatchingToDataset: { request: matchingOfDataset, statuses: admins },
  removeMatchingFromDataset: { request: matchingOfDataset, statuses: admins },
  getMetadataSchema: { request: nothing, statuses: signedIn },
  getSimpleMetadataSchema: { request: nothing, statuses: signedIn },
  setMetadataSchema: { request: () => ({ body: {} }), statuses: [401, 403, 403, 403, 403, 204] },
  setSimpleMetadataSchema: { request: () => ({ body: {} }), statuses: [401, 403, 403, 403, 403, 204] },
  deleteIntegration: {
    request: (objects) => ({ ...ofIntegration(objects), query: { force: true } }),
    statuses: silentAdmins,
  },

  createFolder: {
    request: ({ folder }) => ({ body: { name: 'Below', parent: folder } }),
    statuses: editors,
  },
  listTopLevelFolders: { request: nothing, statuses: signedIn },
  searchFolders: { request: nothing, statuses: signedIn },
  getFolder: { request: ofFolder, statuses: readers },
  getFolderSummary: { request: ofFolder, statuses: readers },
  listSubfolders: { request: ofFolder, statuses: readers },
  patchFolder: {
    request: (objects) => ({ ...ofFolder(objects), body: { name: 'New' } }),
    statuses: editors,
  },
  patchFoldersBulk: {
    request: ({ folder }) => ({ body: { folderPatches: { [folder]: { name: 'New' } } } }),
    statuses: editors,
  },
  moveFolders: {
    request: ({ folder, otherFolder }) => ({ body: { folderUuids: [folder], newParentUuid: otherFolder } }),
    statuses: silentAdmins,
  },
  deleteFolder: {
    request: (objects) => ({ ...ofFolder(objects), query: { recursive: true } }),
    statuses: silentAdmins,
  },

  listItems: { request: ofFolder, statuses: readers },
  searchItems: { request: () => ({ query: { search: 'item' } }), statuses: signedIn },
  getItem: { request: ({ item }) => ({ params: { itemUuid: item } }), statuses: readers },
  getChildItems: { request: ofItem, statuses: readers },
  getItemSummary: { request: ofItem, statuses: readers },
  getItemsBulk: { request: ({ item }) => ({ body: { itemUuids: [item] } }), statuses: readers },
  createDataGroups: {
    request: (objects) => ({ ...ofFolder(objects), body: [{ layoutContents: [objects.item] }] }),
    statuses: editors,
  },
  patchItem: { request: (objects) => ({ ...ofItem(objects), body: { name: 'New' } }), statuses: editors },
  patchItemsBulk: {
    request: ({ item }) => ({ body: { itemPatches: { [item]: { name: 'New' } } } }),
    statuses: editors,
  },
  editItemsMetadata: {
    request: ({ item }) => ({ body: { itemUuids: [item], set: { weather: 'rain' } } }),
    statuses: editors,
  },
  getItemHistory: { request: ofItem, statuses: readers },
  moveItems: {
    request: (objects) => ({
      ...ofFolder(objects),
      body: { itemUuids: [objects.item], newParentUuid: objects.otherFolder },
    }),
    statuses: silentEditors,
  },
  deleteItems: {
    request: (objects) => ({ ...ofFolder(objects), body: { childUuids: [objects.item] } }),
    statuses: editors,
  },
  countMatchingItems: { request: ofFolder, statuses: readers },
  moveMatchingItems: {
    request: (objects) => ({
      ...ofFolder(objects),
      body: { filter: { search: 'nothing' }, createdBefore: aMoment, newParentUuid: objects.otherFolder },
    }),
    statuses: editors,
  },
  deleteMatchingItems: {
    request: (objects) => ({
      ...ofFolder(objects),
      body: { filter: { search: 'nothing' }, createdBefore: aMoment },
    }),
    statuses: editors,
  },
  editMatchingMetadata: {
    request: (objects) => ({
      ...ofFolder(objects),
      body: { filter: { search: 'nothing' }, createdBefore: aMoment, set: { weather: 'rain' } },
    }),
    statuses: editors,
  },
  migrateStorage: {
    request: ({ item }) => ({ body: { itemsMap: { [item]: 'https://new.example.com/a.jpg' } } }),
    statuses: silentEditors,
  },

  exportFolder: {
    request: (objects) => ({ ...ofFolder(objects), query: { format: 'items', withSignatures: true } }),
    statuses: readers,
  },
  exportItems: {
    request: ({ item }) => ({ body: { format: 'items', itemUuids: [item] } }),
    statuses: readers,
  },
  getExportReport: {
    request: () => ({ params: { exportUuid: nobody } }),
    statuses: nothingOfTheirs,
  },

  listAuditLog: { request: nothing, statuses: organisationAdmins },
  exportAuditLog: { request: () => ({ query: { format: 'csv' } }), statuses: organisationAdmins },
  verifyAuditLog: { request: nothing, statuses: organisationAdmins },

  listWebhooks: { request: nothing, statuses: organisationAdmins },
  createWebhook: {
    request: () => ({ body: { url: 'https://hooks.example.com/x', events: ['items.expiring'] } }),
    statuses: organisationAdmins,
  },
  patchWebhook: {
    request: () => ({ ...ofNoWebhook, body: { isEnabled: false } }),
    statuses: organisationAdminsMiss,
  },
  deleteWebhook: { request: () => ofNoWebhook, statuses: organisationAdminsMiss },
  rotateWebhookSecret: {
    request: () => ({ ...ofNoWebhook, body: {} }),
    statuses: organisationAdminsMiss,
  },
  testWebhook: { request: () => ofNoWebhook, statuses: organisationAdminsMiss },
  listWebhookDeliveries: { request: () => ofNoWebhook, statuses: organisationAdminsMiss },
  redeliverWebhook: {
    request: () => ({ params: { webhookUuid: nobody, deliveryUuid: nobody } }),
    statuses: organisationAdminsMiss,
  },

  startUploadJob: {
    request: (objects, { images }) => ({
      ...ofFolder(objects),
      body: {
        integrationHash: objects.integration,
        ignoreErrors: true,
        externalFiles: { images: images(1) },
      },
    }),
    statuses: editors,
  },
  startUploadJobFromManifest: {
    request: (objects, { images }) => ({
      ...ofFolder(objects),
      query: { integrationHash: objects.integration },
      body: { images: images(1) },
    }),
    statuses: editors,
  },
  listUploadJobs: { request: ofFolder, statuses: readers },
  getUploadJob: {
    request: (objects) => ({ ...ofJob(objects), query: { timeoutSeconds: 0 } }),
    statuses: readers,
  },
  findKnownObjects: {
    request: (objects) => ({ ...ofFolder(objects), body: { identityHashes: ['0'.repeat(32)] } }),
    statuses: readers,
  },
  followUploadJob: { request: ofJob, statuses: readers },
  cancelUploadJob: { request: ofJob, statuses: editors },
  listUnitResults: { request: ofJob, statuses: readers },
  listUnitErrors: { request: ofJob, statuses: readers },
  downloadUnitErrors: { request: ofJob, statuses: readers },
  downloadUnitErrorsNdjson: { request: ofJob, statuses: readers },
  // The job has not ended.
  downloadFailedUnits: { request: ofJob, statuses: [401, 403, 409, 409, 409, 409] },
};
