/** Whether a Content-Security-Policy with these source expressions lets the page load from an origin. */
export function allowsOrigin(sources: readonly string[], origin: string): boolean {
  return sources.some((source) => {
    if (source === '*' || source === origin) return true;
    const [scheme, host] = source.split('://*.');
    return host !== undefined && origin.startsWith(`${scheme}://`) && origin.endsWith(`.${host}`);
  });
}

const key = (origin: string) => `latchkey-reloaded-for:${origin}`;
type GuardStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** True the first time for an origin: then the caller loads the document anew, to get a new policy. */
export function mayReloadFor(origin: string, store: GuardStore): boolean {
  if (store.getItem(key(origin)) !== null) return false;
  store.setItem(key(origin), '1');
  return true;
}

export function forgetReloadFor(origin: string, store: GuardStore): void {
  store.removeItem(key(origin));
}
