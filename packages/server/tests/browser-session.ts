import type { BodyOf, Route } from '@latchkey/contract/route';
import { requestPath } from '@latchkey/sdk/request-url';
import type { Answer, TestSystem } from '@latchkey/testkit/start-system';

/** Calls as a browser does: with the cookies that the answers set. */
export class BrowserSession {
  readonly #system: TestSystem;
  readonly #cookies = new Map<string, string>();

  constructor(system: TestSystem) {
    this.#system = system;
  }

  async call<R extends Route>(
    route: R,
    parts: { readonly params?: Record<string, string>; readonly body?: BodyOf<R> } = {},
  ): Promise<Answer> {
    const response = await fetch(this.#system.baseUrl + requestPath(route.path, parts.params), {
      method: route.method,
      headers: {
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'x-requested-with': 'XMLHttpRequest',
        'user-agent': 'Test browser',
        ...(parts.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(parts.body !== undefined && { body: JSON.stringify(parts.body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  }
}
