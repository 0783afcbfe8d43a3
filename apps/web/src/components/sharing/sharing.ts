import type { FolderRole, UserRole } from '@latchkey/contract/schemas/common';
import type { InheritedFrom } from '@latchkey/contract/schemas/sharing';

export type Role = FolderRole | UserRole;

/** A user or a group with a role on something. */
export interface SharedEntry {
  readonly kind: 'user' | 'group';
  readonly id: string;
  /** Of a user the e-mail address, of a group its name: it names the entry. */
  readonly label: string;
  /** The name of a user or the description of a group; may be empty. */
  readonly detail: string;
  readonly role: Role;
  readonly inheritedFrom: InheritedFrom;
}

/** How one kind of object is shared. */
export interface Sharing {
  /** Its first part is that of all queries about the kind: whatever changes them has this read again. */
  readonly queryKey: readonly [string, 'sharing', string];
  readonly roles: readonly { readonly value: Role; readonly label: string }[];
  readonly list: (signal: AbortSignal) => Promise<SharedEntry[]>;
  readonly setUser: (email: string, role: Role) => Promise<unknown>;
  readonly setGroup: (groupHash: string, role: Role) => Promise<unknown>;
  readonly remove: (entry: SharedEntry) => Promise<unknown>;
}

export const objectRoles: Sharing['roles'] = [
  { value: 'user', label: 'User' },
  { value: 'admin', label: 'Admin' },
];
export const folderRoles: Sharing['roles'] = [
  { value: 'viewer', label: 'Viewer' },
  { value: 'editor', label: 'Editor' },
  { value: 'admin', label: 'Admin' },
];

export const toUserRole = (role: Role): UserRole => (role === 'admin' ? role : 'user');
export const toFolderRole = (role: Role): FolderRole => (role === 'user' ? 'viewer' : role);

interface MemberFields {
  readonly userUuid: string;
  readonly email: string;
  readonly name: string;
}

export const userEntry = (
  { userUuid, email, name }: MemberFields,
  role: Role,
  inheritedFrom: InheritedFrom = null,
): SharedEntry => ({ kind: 'user', id: userUuid, label: email, detail: name, role, inheritedFrom });

interface GroupFields {
  readonly groupHash: string;
  readonly name: string;
  readonly description: string;
}

export const groupEntry = (
  { groupHash, name, description }: GroupFields,
  role: Role,
  inheritedFrom: InheritedFrom = null,
): SharedEntry => ({
  kind: 'group',
  id: groupHash,
  label: name,
  detail: description,
  role,
  inheritedFrom,
});
