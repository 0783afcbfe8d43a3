export interface LockFile {
  readonly packages: Readonly<Record<string, object>>;
}

export function lockFileProblems(lockFile: LockFile): string[];

export function auditFindings(
  text: string,
  accepted?: ReadonlyMap<string, string>,
): { readonly problems: string[] } | { readonly unanswered: string };
