import { LatchkeyClient } from '@latchkey/sdk/client';
import type { Command } from 'commander';
import type { CommandContext } from './context.js';

export interface ServerOptions {
  readonly url?: string;
  readonly sshKeyFile?: string;
}

const urlHelp = 'address of the server (LATCHKEY_URL, else http://127.0.0.1:8787)';

/** The options that say where the server is and who calls. */
export function withServerOptions(command: Command, description = urlHelp): Command {
  return command
    .option('--url <url>', description)
    .option(
      '--ssh-key-file <path>',
      'private key (LATCHKEY_SSH_KEY_FILE; or LATCHKEY_TOKEN, ENCORD_SSH_KEY)',
    );
}

/** @throws CredentialsError where there are no credentials. */
export function clientOf(options: ServerOptions, context: CommandContext): LatchkeyClient {
  return LatchkeyClient.createFromEnvironment({
    ...context.environment,
    ...(options.url && { LATCHKEY_URL: options.url }),
    ...(options.sshKeyFile && { LATCHKEY_SSH_KEY_FILE: options.sshKeyFile }),
  });
}
