import { locate } from '@latchkey/locator/locate';
import type { CaseResult } from '@latchkey/signer/conformance/check-signer';
import { CommandError } from '../command-error.js';
import type { CommandContext } from '../context.js';

export interface CheckSignerOptions {
  readonly object: string;
  readonly listen: string;
  readonly issuer?: string;
  readonly integration: string;
  readonly email: string;
  readonly json: boolean;
}

/** Prints what each case found; answers whether all passed. */
export async function checkSignerAt(
  given: string,
  options: CheckSignerOptions,
  context: CommandContext,
): Promise<boolean> {
  const signerUrl = readUrl(given, 'The URL of the signer');
  const object = readObject(options.object);
  const { startTestIssuer } = await import('@latchkey/signer/conformance/test-issuer');
  const { checkSigner } = await import('@latchkey/signer/conformance/check-signer');
  const issuer = await startTestIssuer({
    ...readAddress(options.listen),
    url: options.issuer === undefined ? undefined : readUrl(options.issuer, 'The address of the issuer'),
    signerUrl,
    integration: options.integration,
    email: options.email,
  }).catch((cause: NodeJS.ErrnoException) => {
    const message = `The issuer of the check cannot listen on ${options.listen} (${cause.code}).`;
    throw new CommandError('port_taken', message, 'Give another --listen.', { cause });
  });
  if (!options.json) context.print(`Issuer of the check: ${issuer.url}\n`);
  try {
    const show = (result: CaseResult) => options.json || printCase(result, context);
    const showWait = () =>
      options.json ||
      context.print(
        'The signer refuses the token of the check; waiting until it has read its key, for a minute at most.\n',
      );
    const cases = await checkSigner({ signerUrl, issuer, object, fetchSigner: fetch }, show, showWait);
    const failed = cases.filter(({ passed }) => !passed).length;
    if (options.json) context.print(JSON.stringify({ conforms: failed === 0, cases }));
    else context.print(`\n${cases.length - failed} of ${cases.length} passed.`);
    return failed === 0;
  } finally {
    await issuer.close();
  }
}

function printCase({ name, passed, detail }: CaseResult, { print }: CommandContext): void {
  print(`${passed ? 'ok    ' : 'FAILED'}  ${name}`);
  if (detail !== null) print(`        ${detail}`);
}

function readUrl(given: string, what: string): string {
  if (/^https?:\/\//.test(given) && URL.canParse(given)) return given;
  throw badOption(`${what} is not an http or https URL.`, 'Write it as https://signer.example.com/sign.');
}

function readObject(given: string): string {
  const located = locate(given);
  if (located.ok) return located.url.identity;
  throw badOption(
    `The object is not an object URL (${located.problem}).`,
    'Write it as s3://bucket/key, gs://bucket/key, az://account/container/blob or its https URL.',
  );
}

function readAddress(given: string): { host: string; port: number } {
  const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(given) ?? [];
  if (host !== '' && Number(port) <= 65_535) return { host, port: Number(port) };
  throw badOption(`"${given}" is not a host and a port.`, 'Write --listen as 127.0.0.1:8799.');
}

const badOption = (message: string, hint: string) => new CommandError('invalid_option', message, hint);
