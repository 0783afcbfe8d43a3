import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { readCount } from '../read-count.js';
import { readFileKinds } from '../scan/file-kinds.js';
import { lifetimeLines, scanForPrograms, scanLines, sessionLines } from '../scan/scan-report.js';
import { checkScanOut, scanStore } from '../scan/scan-store.js';
import { openStore, type StoreCommandOptions, withStoreOptions } from '../scan/store-options.js';
import { chooseUrlStyle } from '../scan/url-style.js';

interface ScanOptions extends StoreCommandOptions {
  readonly out: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly kind: readonly string[];
  readonly measure: boolean;
  readonly concurrency: number;
  readonly json: boolean;
}

const findingsShown = { people: 20, programs: 1000 };

const help = `
Everything happens on this machine, with the credentials that the tools of the cloud would use: nothing is sent to
Latchkey, which never sees a key.

  s3://bucket/prefix                 AWS: variables, ~/.aws, SSO, roles; other stores with --endpoint
  gs://bucket/prefix                 Application Default Credentials; signing needs a service account
  az://account/container/prefix      AZURE_STORAGE_CONNECTION_STRING or _KEY, else the sign-in of Azure
  obs://endpoint/bucket/prefix       OBS_ACCESS_KEY_ID and OBS_SECRET_ACCESS_KEY, or ~/.obsutilconfig
  ./directory --base-url URL         files that are served at that address

What a file is follows from its extension, and is no more than a suggestion: see --kind. Files that it does not know
are counted and named. DICOM files of one folder become one element, which registration splits into series.

URLs are signed for 7 days unless --expires-in says less; S3, Google and user delegation keys of Azure sign for no
longer. Credentials of a session (SSO, roles) end sooner, and the URLs with them.

If it is interrupted, run it again: what was listed and measured is kept beside the manifest.

Exit codes:
  0    the manifest is written
  1    it is written, and some files could not be measured
  2    refused: wrong options, no credentials, no permission, nothing found
  130  interrupted with Ctrl-C

Examples:
  latchkey scan s3://acme-media/streets/ --out streets.json --measure
  latchkey scan az://acme/media/ --out media.ndjson --include "*.mp4" --expires-in 12h
  latchkey scan s3://media --endpoint http://minio.lan:9000 --out media.json
  latchkey scan ./scans --base-url https://media.acme.com/scans --unsigned --out scans.csv`;

export function addScanCommand(
  program: Command,
  context: CommandContext,
  finish: (exitCode: ExitCode) => void,
): void {
  const command = program
    .command('scan')
    .description('list a bucket, sign its URLs and write the manifest')
    .argument('<uri>', 's3://, gs://, az:// or obs:// with bucket and prefix, or a directory')
    .requiredOption('--out <path>', 'where the manifest goes (.json, .ndjson, .jsonl or .csv)')
    .option('--include <glob...>', 'only keys like this; without a slash it is about the name', [])
    .option('--exclude <glob...>', 'no keys like this', [])
    .option('--kind <kind...>', 'what files are: images, or for an extension csv=time_series', [])
    .option('--measure', 'measure the files, so that strict client-only access takes them', false)
    .option('--concurrency <count>', 'files measured at the same time', readCount, 32)
    .option('--json', 'print one JSON object and nothing else', false)
    .addHelpText('after', help);
  withStoreOptions(command).action(async (uri: string, options: ScanOptions) => {
    finish(await scan(uri, options, context));
  });
}

async function scan(uri: string, options: ScanOptions, context: CommandContext): Promise<ExitCode> {
  const say = options.json ? () => undefined : context.print;
  const { out, include, exclude, measure, concurrency } = options;
  checkScanOut(out);
  const kinds = readFileKinds(options.kind);
  const store = await openStore(uri, options, context);
  const style = chooseUrlStyle(store, options);
  for (const line of lifetimeLines(store, style)) say(line);
  const result = await scanStore(
    store,
    {
      ...{ uri, out, filter: { include, exclude }, kindRules: options.kind, kinds, measure, concurrency },
      urlOf: style.urlOf,
      maxFindings: options.json ? findingsShown.programs : findingsShown.people,
    },
    context,
  );
  if (options.json) context.print(JSON.stringify(scanForPrograms(result, store, style)));
  for (const line of scanLines(result, out)) say(line);
  for (const line of sessionLines(store, style, Date.now())) say(line);
  return result.findingCount > 0 ? exitCodes.unitsFailed : exitCodes.success;
}
