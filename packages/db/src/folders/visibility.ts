/** The folders that are shared with the user himself: what lies below them, he may see as well. */
export function sharedFolders(userId: string): string {
  return `ARRAY(SELECT s.folder_id FROM folder_members s WHERE s.user_id = ${userId})`;
}
