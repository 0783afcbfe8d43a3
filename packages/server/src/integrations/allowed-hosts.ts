import { LatchkeyError } from '@latchkey/contract/errors';

const hostPattern = /^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/;

/** Lower-cases and drops repeats; throws `invalid_request` for what is not a host. */
export function normaliseHosts(hosts: readonly string[]): string[] {
  const normalised = hosts.map((host) => host.trim().toLowerCase());
  const wrong = normalised.find((host) => !hostPattern.test(host));
  if (wrong !== undefined) {
    throw new LatchkeyError(
      'invalid_request',
      `${JSON.stringify(wrong.slice(0, 80))} is not a host. Write the host alone, such as bucket.s3.eu-west-2.amazonaws.com, localhost:9000 or *.example.com.`,
      { details: { place: 'body', field: 'allowedHosts' } },
    );
  }
  return [...new Set(normalised)];
}
