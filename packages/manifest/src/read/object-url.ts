import type { GatewayRules } from '@latchkey/locator/gateways';
import { type LocatedUrl, locate } from '@latchkey/locator/locate';
import { showJsonType, type UnitProblem, UnitRefusal } from './unit.js';

const encoder = new TextEncoder();

const PROBLEMS: Readonly<Record<string, string>> = {
  not_a_url: 'The object URL is not an absolute URL such as https://host/path.',
  unsupported_scheme:
    'The object URL must start with https:// or http://, or, for an integration with a signer, with s3://, gs:// or az://.',
  has_credentials: 'The object URL has a user name or password before its host.',
  no_host: 'The object URL has no host.',
  bad_host: 'The host of the object URL is not valid.',
  bad_bucket: 'The bucket or account of the object URL is not valid.',
  no_key: 'The object URL names a bucket but no object in it, as s3://bucket/key does.',
  bad_port: 'The port of the object URL is not a number from 0 to 65535.',
};

export interface UrlRules {
  readonly allowsHost: (host: string) => boolean;
  readonly hasSigner: boolean;
  /** Their URLs are allowed whatever `allowsHost` says. */
  readonly gateways: GatewayRules;
  readonly maxBytes: number;
  /** In epoch milliseconds: a URL that died then or before is refused. */
  readonly expiredAt: number | undefined;
}

/** Checks an object URL without changing it. Throws `UnitRefusal`, whose message has nothing of the URL but its host. */
export function readObjectUrl(value: unknown, rules: UrlRules): LocatedUrl {
  const located = locateChecked(value, rules);
  if (located.needsSigner) checkSigner(value as string, rules);
  else if (!located.servedByGateway && !rules.allowsHost(located.host))
    throw refuse(
      'host_not_allowed',
      `The host "${located.host.slice(0, 255)}" is not in the allowed hosts of the integration.`,
    );
  checkExpiry(located, rules.expiredAt);
  return located;
}

function locateChecked(value: unknown, { maxBytes, gateways }: UrlRules): LocatedUrl {
  if (value === undefined || value === null || value === '')
    throw refuse('object_url_missing', 'The element has no "objectUrl", or an empty one.');
  if (typeof value !== 'string')
    throw refuse('unit_wrong_type', `"objectUrl" must be a string; found ${showJsonType(value)}.`);
  const bytes = value.length * 3 <= maxBytes ? 0 : encoder.encode(value).length;
  if (bytes > maxBytes)
    throw refuse(
      'object_url_too_long',
      `The object URL has ${bytes} bytes; at most ${maxBytes} are allowed (limit objectUrlBytes).`,
    );
  const located = locate(value, gateways);
  if (/\p{Surrogate}/u.test(value))
    throw refuse(
      'object_url_invalid',
      'The object URL holds half of a surrogate pair, which no URL can have.',
    );
  if (!located.ok) {
    if (located.problem === 'has_whitespace')
      throw refuse('object_url_whitespace', 'The object URL contains whitespace or a control character.');
    throw refuse('object_url_invalid', PROBLEMS[located.problem] ?? 'The object URL is not valid.');
  }
  return located.url;
}

/** Which hosts the URLs of a signer may have is checked when it gives them. */
function checkSigner(objectUrl: string, { hasSigner }: UrlRules): void {
  if (hasSigner) return;
  const scheme = objectUrl.slice(0, objectUrl.indexOf(':')).toLowerCase();
  throw refuse(
    'object_url_needs_signer',
    `The object URL starts with ${scheme}://, which only a signer can open, and the integration has none.`,
  );
}

function checkExpiry({ signature }: LocatedUrl, expiredAt: number | undefined): void {
  const expiresAt = signature?.expiresAt ?? null;
  if (expiresAt === null || expiredAt === undefined || expiresAt > expiredAt) return;
  throw refuse('url_expired', `The object URL expired at ${new Date(expiresAt).toISOString()}.`);
}

function refuse(code: UnitProblem['code'], message: string): UnitRefusal {
  return new UnitRefusal({ code, message, field: 'objectUrl' });
}
