/** Who signs in at the page of the provider; null: cancels there. */
export type Account = string | null;

const redirects: readonly number[] = [302, 303];

/**
 * Goes to the provider as a browser without any cookies does, signs in at its page, and answers the query with which
 * the provider sends the browser back.
 */
export async function visitProvider(
  authorizationUrl: string,
  account: Account,
  redirectUri: string,
): Promise<string> {
  const cookies = new Map<string, string>();
  let [url, form] = [authorizationUrl, null as URLSearchParams | null];
  for (let steps = 0; steps < 10; steps += 1) {
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    form = null;
    if (redirects.includes(response.status)) {
      const next = new URL(response.headers.get('location') ?? '', url);
      if (next.href.startsWith(redirectUri)) return next.search;
      url = next.href;
    } else if (response.status === 200) {
      form = new URLSearchParams(account === null ? { cancel: '' } : { login: account });
    } else throw new Error(`The provider answers ${response.status}: ${await response.text()}`);
  }
  throw new Error('The provider does not send the browser back.');
}
