import { LatchkeyError } from '@latchkey/contract/errors';
import type { Gateway } from '@latchkey/contract/schemas/integration';
import type { Executor } from '@latchkey/db/engine/executor';
import { hasItemWithUrl } from '@latchkey/db/integrations/reader';
import {
  compileGateways,
  GatewayError,
  type GatewayProblem,
  remappedHosts,
} from '@latchkey/locator/gateways';
import { isStorable } from '../http/stored-text.js';

const problems: Readonly<Record<GatewayProblem, string>> = {
  not_a_gateway_url:
    'The URL of a gateway is not usable. Write it as https://data.example.com/ or with a path before the keys, without user, query or fragment.',
  not_a_bucket_url:
    'The bucket URL of a gateway is not usable. Write it as s3://bucket/, gs://bucket/prefix/, az://account/container/ or as https URL, without a signature.',
  bucket_is_missing:
    'The bucket URL of a gateway names no bucket. Add it: s3://bucket/ or https://s3.eu-west-2.amazonaws.com/bucket/.',
  bucket_is_gateway:
    'The bucket URL of a gateway is itself a gateway of this integration. Give the bucket that it stands for.',
  repeated: 'Two gateways have the same URL. Keep one of them.',
};

/** Ends each URL with a slash. Throws `invalid_request`, whose text holds no URL: one may have been given signed. */
export function normaliseGateways(given: readonly Gateway[]): Gateway[] {
  const gateways = given.map(({ url, bucketUrl }) => ({
    url: withSlash(url),
    bucketUrl: bucketUrl === null ? null : withSlash(bucketUrl),
  }));
  const unstorable = gateways.findIndex(({ url, bucketUrl }) => !isStorable(`${url}${bucketUrl ?? ''}`));
  if (unstorable >= 0) throw refuse('not_a_gateway_url', unstorable);
  try {
    compileGateways(gateways);
  } catch (error) {
    if (error instanceof GatewayError) throw refuse(error.problem, error.index);
    throw error;
  }
  return gateways;
}

/**
 * Identities are stored as hashes: those of items at the gateway could not follow a change of its bucket. Throws
 * `gateway_in_use`.
 */
export async function mustLeaveIdentities(
  tx: Executor,
  integrationId: string,
  before: readonly Gateway[],
  after: readonly Gateway[],
): Promise<void> {
  for (const host of remappedHosts(before, after)) {
    if (await hasItemWithUrl(tx, integrationId, patternOf(host)))
      throw new LatchkeyError(
        'gateway_in_use',
        `Items of this integration have URLs at ${host}. With another bucket behind it they would become other objects. Give them URLs of the bucket (migrate-storage) or delete them, then change the gateway; or add another integration.`,
        { details: { host } },
      );
  }
}

/** Every spelling of a URL at the host: in any case, and with the default port of its scheme. */
function patternOf(host: string): string {
  const name = host.replace(/[.[\]]/g, '\\$&');
  return `^https?://${name}(:0*(443|80)?)?($|[/?#])`;
}

const withSlash = (text: string): string => text.trim().replace(/\/?$/, '/');

function refuse(problem: GatewayProblem, index: number): LatchkeyError {
  return new LatchkeyError('invalid_request', problems[problem], {
    details: { place: 'body', field: `gateways[${index}]` },
  });
}
