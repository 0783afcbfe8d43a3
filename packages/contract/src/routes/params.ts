import { Type } from 'typebox';
import { Uuid } from '../schemas/common.js';

export const prefix = '/v2/public';
export const FolderParams = Type.Object({ folderUuid: Uuid });
export const ItemParams = Type.Object({ itemUuid: Uuid });
export const FolderItemParams = Type.Object({ folderUuid: Uuid, itemUuid: Uuid });
export const JobParams = Type.Object({ folderUuid: Uuid, jobUuid: Uuid });
export const UserParams = Type.Object({ userUuid: Uuid });
export const SessionParams = Type.Object({ sessionUuid: Uuid });
export const OneTimeLinkParams = Type.Object({ linkUuid: Uuid });
export const WebhookParams = Type.Object({ webhookUuid: Uuid });
export const WebhookDeliveryParams = Type.Object({ webhookUuid: Uuid, deliveryUuid: Uuid });
export const IntegrationParams = Type.Object({ integrationUuid: Uuid });
export const DatasetParams = Type.Object({ datasetUuid: Uuid });
export const GroupParams = Type.Object({ groupHash: Uuid });
export const GroupMemberParams = Type.Object({ groupHash: Uuid, userUuid: Uuid });
export const IntegrationMemberParams = Type.Object({ integrationUuid: Uuid, userUuid: Uuid });
