import { CommandError } from '../../command-error.js';
import { exitCodes } from '../../exit-codes.js';
import type { Send } from './finding.js';

const timeoutMs = 20_000;

/** Requests that follow no redirect and read no body. */
export function requester(signal: AbortSignal): Send {
  return async (url, { method = 'GET', headers = {} } = {}) => {
    const answer = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    }).catch((cause: Error) => {
      signal.throwIfAborted();
      throw unreachable(url, cause);
    });
    await answer.body?.cancel();
    return { status: answer.status, headers: answer.headers };
  };
}

function unreachable(url: string, cause: Error): CommandError {
  const { code } = (cause.cause ?? {}) as NodeJS.ErrnoException;
  return new CommandError(
    'deployment_unreachable',
    `${new URL(url).host} does not answer (${code ?? cause.name}).`,
    'See whether its name resolves, whether the certificate is issued, and whether the load balancer is ready: a new one takes minutes to hours.',
    { exitCode: exitCodes.unreachable, cause },
  );
}
