import { type ExecFileException, execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProviderServer, startProviderServer } from './emulator/provider-server.js';
import { readProviderSchemas, terraformDirectory } from './provider-schema.js';

/** The program that is there, or null. */
export const terraformProgram =
  ['terraform', 'tofu'].find((program) => spawnSync(program, ['version']).status === 0) ?? null;

export interface TerraformRun {
  readonly exitCode: number;
  readonly output: string;
}

/** A copy of the modules, and Terraform over emulated providers in it. */
export interface Workplace {
  readonly modules: string;
  run(directory: string, args: readonly string[]): Promise<TerraformRun>;
  close(): void;
}

export async function startWorkplace(program: string): Promise<Workplace> {
  const root = mkdtempSync(join(tmpdir(), 'latchkey-terraform-'));
  const modules = join(root, 'modules');
  cpSync(join(terraformDirectory, 'modules'), modules, { recursive: true });
  const servers: ProviderServer[] = [];
  for (const schema of readProviderSchemas()) servers.push(await startProviderServer(schema));
  const attachments = Object.assign({}, ...servers.map((server) => server.attachment)) as object;
  const environment = {
    ...process.env,
    TF_REATTACH_PROVIDERS: JSON.stringify(attachments),
    TF_CLI_CONFIG_FILE: '/dev/null',
    TF_IN_AUTOMATION: '1',
    CHECKPOINT_DISABLE: '1',
  };
  return {
    modules,
    run: (directory, args) => execute(program, args, directory, environment),
    close: () => {
      for (const server of servers) server.close();
      rmSync(root, { recursive: true });
    },
  };
}

function execute(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<TerraformRun> {
  return new Promise((resolve) => {
    execFile(
      program,
      [...args, ...(args[0] === 'version' ? [] : ['-no-color'])],
      { cwd, env, maxBuffer: 64 * 1024 * 1024 },
      (error: ExecFileException | null, stdout, stderr) =>
        resolve({ exitCode: error ? Number(error.code ?? 1) : 0, output: stdout + stderr }),
    );
  });
}
