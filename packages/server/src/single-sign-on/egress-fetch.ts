import type { EgressClient } from '@latchkey/egress/egress-client';
import type { CustomFetch } from 'openid-client';

/** Documents of the provider, its keys and its tokens are a few kilobytes. */
const maxBytes = 1024 * 1024;

/** What `openid-client` makes its requests with: through the one network client, by its rules. */
export function egressFetch(
  client: EgressClient,
  onAnswer: (headers: Readonly<Record<string, string>>) => void,
): CustomFetch {
  return async (url, { method, headers, body, signal }) => {
    const answer = await client.request(
      url,
      { headers, maxBytes, body: method === 'GET' ? undefined : String(body ?? '') },
      signal ?? new AbortController().signal,
    );
    onAnswer(answer.headers);
    return new Response(answer.body.length === 0 ? null : answer.body, {
      status: answer.status,
      headers: answer.headers,
    });
  };
}
