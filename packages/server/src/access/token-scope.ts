import { LatchkeyError } from '@latchkey/contract/errors';
import type { Route } from '@latchkey/contract/route';
import type { Caller } from '../context.js';

/** Throws `token_reads_only` where the token of the caller may only read and the route changes something. */
export function mustBeInScope({ method, isReading, operationId }: Route, caller: Caller | null): void {
  if (caller?.tokenScope !== 'read' || method === 'GET' || isReading) return;
  throw new LatchkeyError(
    'token_reads_only',
    `The token may only read, and ${operationId} changes something. Use a token without this restriction.`,
  );
}
