import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { clientOf, type ServerOptions, withServerOptions } from '../server-options.js';
import { type CheckSignerOptions, checkSignerAt } from '../signer/check-signer.js';
import { serveSigner } from '../signer/serve-signer.js';

const serveHelp = `
The settings are a JSON file: docs/signer.md describes it. URLs are signed with the credentials that the tools of AWS,
Google, Azure or OBS would use on this machine. SIGINT and SIGTERM stop the signer.

Example:
  latchkey signer serve --config signer.json`;

const checkHelp = `
Stands in the place of a Latchkey for the time of the check: it serves a key set of its own, and sends tokens right and
wrong. So start the signer with the issuer as its Latchkey ("latchkeyUrl" of ours), and let its policy allow the object
for the integration and the user.

Exit codes:
  0  the signer keeps to the specification
  1  it does not; the output says where
  2  refused: a bad option

Example:
  latchkey signer check http://127.0.0.1:8790/sign --object s3://bucket/image.jpg --listen 127.0.0.1:8799`;

export function addSignerCommand(
  program: Command,
  context: CommandContext,
  finish: (exitCode: ExitCode) => void,
): void {
  const signer = program
    .command('signer')
    .description('a service of yours that gives browsers fresh URLs; and whether one keeps to the protocol');
  signer
    .command('serve')
    .description('run the signer')
    .requiredOption('--config <path>', 'file of the settings')
    .addHelpText('after', serveHelp)
    .action((options: { config: string }) => serveSigner(options.config, context));
  signer
    .command('check')
    .description('run the conformance test against any signer')
    .argument('<url>', 'where browsers reach the signer')
    .requiredOption('--object <url>', 'an object that it signs, such as s3://bucket/image.jpg')
    .option('--listen <address>', 'host and port of the issuer of the check', '127.0.0.1:8799')
    .option('--issuer <url>', 'address of the issuer as the signer reaches it; else http:// and --listen')
    .option('--integration <uuid>', 'in the tokens', '00000000-0000-7000-8000-000000000002')
    .option('--email <address>', 'of the user, in the tokens', 'conformance@example.com')
    .option('--json', 'print one JSON object and nothing else', false)
    .addHelpText('after', checkHelp)
    .action(async (url: string, options: CheckSignerOptions) => {
      const isGood = await checkSignerAt(url, options, context);
      finish(isGood ? exitCodes.success : exitCodes.unitsFailed);
    });
  withServerOptions(signer.command('rotate-key'))
    .description('replace the key with which Latchkey signs tokens for signers')
    .option(
      '--compromised',
      'the key may be known to others: no token of the keys so far is good any more',
      false,
    )
    .action(async (options: ServerOptions & { compromised: boolean }) => {
      const { keyId, activeFrom } = await clientOf(options, context).rotateSigningKey({
        compromised: options.compromised,
      });
      context.print(`The key ${keyId} signs from ${activeFrom} on.`);
    });
}
