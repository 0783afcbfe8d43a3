import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from '../context.js';
import { choosePort } from '../demo/choose-port.js';
import { demoExpiryHours } from '../demo/demo-manifest.js';
import { requestSummary } from '../demo/request-summary.js';
import type { DemoBucket, DemoOptions, DemoServer } from '../demo/start-demo.js';
import { createTemporaryDirectory } from '../demo/temporary-directory.js';

interface DemoCommandOptions {
  readonly port: number;
  readonly bucketPort: number;
  readonly keep: boolean;
}

export function addDemoCommand(program: Command, context: CommandContext): void {
  program
    .command('demo')
    .description('try it: a local bucket, a signed manifest, a strict integration, and the web app')
    .option('--port <n>', 'port of the server', readPort, 8787)
    .option('--bucket-port <n>', 'port of the bucket', readPort, 9787)
    .option('--keep', 'keep the directory with data, manifest and key', false)
    .action((options: DemoCommandOptions) => demo(options, context));
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('Give a number from 0 to 65535.');
}

async function demo(options: DemoCommandOptions, context: CommandContext): Promise<void> {
  const port = await portFor('server', options.port, context);
  const bucketPort = await portFor('bucket', options.bucketPort, context);
  const directory = createTemporaryDirectory('latchkey-demo-', process);
  try {
    await runDemo({ directory: directory.path, port, bucketPort }, context);
  } finally {
    if (options.keep) {
      directory.keep();
      context.print(`Kept: ${directory.path}`);
    } else directory.remove();
  }
}

async function runDemo(options: DemoOptions, context: CommandContext): Promise<void> {
  // Loaded here so that the other commands start without the server.
  const { registerDemo, startDemoBucket, startDemoServer } = await import('../demo/start-demo.js');
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const demoBucket = await startDemoBucket(options);
  let closed: Promise<void> | undefined;
  try {
    const server = await startDemoServer(options, { ...context, signal });
    closed = server.closed;
    await registerDemo(demoBucket, server, { ...context, signal });
    printWelcome(demoBucket, server, context);
    await closed;
    context.print(requestSummary(demoBucket.bucket.log));
  } finally {
    stop.abort();
    await closed;
    await demoBucket.bucket.close();
  }
}

async function portFor(name: string, preferred: number, context: CommandContext): Promise<number> {
  const { port, isPreferred } = await choosePort(preferred);
  if (!isPreferred)
    context.print(`Port ${preferred} of the ${name} is taken by another program; using ${port}.`);
  return port;
}

function printWelcome({ bucket, manifestPath }: DemoBucket, server: DemoServer, context: CommandContext) {
  const lines = [
    '',
    `Latchkey is ready at ${server.url}`,
    `  E-mail    ${server.email}`,
    `  Password  ${server.password}`,
    '',
    `  Bucket    ${bucket.origin} (verifies pre-signed URLs; these are good for ${demoExpiryHours} hours)`,
    `  Manifest  ${manifestPath}`,
    'Ctrl-C stops the demo and removes its data.',
  ];
  for (const line of lines) context.print(line);
}
