/** The folders on which the user has a role of his own or through a group: what lies below them, he may see as well. */
export function sharedFolders(userId: string): string {
  return `ARRAY(SELECT s.folder_id FROM folder_access s WHERE s.user_id = ${userId})`;
}

/**
 * The highest role of the user on the folder of this path or on one above it (`admin` sorts before `editor`, and that
 * before `viewer`); null: none.
 */
export function roleInFolder(path: string, userId: string): string {
  return `(SELECT min(a.role) FROM folder_access a WHERE a.folder_id = ANY (${path}) AND a.user_id = ${userId})`;
}
