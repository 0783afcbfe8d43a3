/** What is shared with users and groups. */
export type SharedKind = 'folder' | 'dataset' | 'integration';

/** One of them. */
export interface SharedObject {
  readonly kind: SharedKind;
  readonly id: string;
}

interface SharedTables {
  /** The objects themselves. */
  readonly objects: string;
  readonly members: string;
  readonly groups: string;
  /** The column that names the object, in both. */
  readonly objectId: string;
}

export const sharedTables: Readonly<Record<SharedKind, SharedTables>> = {
  folder: { objects: 'folders', members: 'folder_members', groups: 'folder_groups', objectId: 'folder_id' },
  dataset: {
    objects: 'datasets',
    members: 'dataset_members',
    groups: 'dataset_groups',
    objectId: 'dataset_id',
  },
  integration: {
    objects: 'integrations',
    members: 'integration_members',
    groups: 'integration_groups',
    objectId: 'integration_id',
  },
};
