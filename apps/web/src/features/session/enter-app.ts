/** The path to go on to, if it is one of this app. */
export function pathWithinApp(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : '/';
}

/**
 * Loads the app as a new document after signing in: the Content-Security-Policy of a document names the data hosts
 * of the user that it was served to.
 */
export function enterApp(next: string | null): void {
  window.location.assign(pathWithinApp(next));
}
