import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { type Cloud, clouds } from '../terraform/cloud-settings.js';
import { movedBlocks } from '../terraform/moved-blocks.js';
import { type Flags, flagOf, readValues } from '../terraform/read-values.js';
import { type Argument, rootModule } from '../terraform/root-module.js';
import { ignoredFiles, moduleFiles, writeFiles } from '../terraform/write-root-module.js';

interface InitOptions extends Flags {
  readonly out: string;
  readonly force: boolean;
  readonly existingBucket: boolean;
  readonly fromDocument?: boolean;
}

export function addTerraformInitCommand(terraform: Command, context: CommandContext): void {
  const init = terraform
    .command('init')
    .description(
      'write a Terraform configuration that serves a private bucket to an allow-list, without signed URLs',
    );
  for (const [name, cloud] of Object.entries(clouds)) addCloud(init, name, cloud, context);
}

function addCloud(init: Command, name: string, cloud: Cloud, context: CommandContext): void {
  const command = init
    .command(name)
    .description(`for ${cloud.title}`)
    .option('--out <directory>', 'directory of the configuration', './unsigned-access')
    .option('--existing-bucket', 'serve a bucket (storage account, container) that exists; make none', false)
    .option('--force', 'write over files that are there', false)
    .option('--no-input', 'ask nothing, even at a terminal');
  for (const setting of cloud.settings)
    command.option(`${flagOf(setting)} <${setting.kind === 'list' ? 'list' : 'value'}>`, helpOf(setting));
  if (name === 'gcp')
    command.option('--from-document', 'take over what the set-up of the direct access document made', false);
  command.action((options: InitOptions) => writeConfiguration(cloud, options, context));
}

const helpOf = ({ meaning, example, isRequired }: Cloud['settings'][number]) =>
  `${meaning}, such as ${example}${isRequired ? ' (needed)' : ''}`;

async function writeConfiguration(
  cloud: Cloud,
  options: InitOptions,
  context: CommandContext,
): Promise<void> {
  const { values, isExisting } = await readValues(cloud, options, context);
  const directory = resolve(options.out);
  const files = new Map([
    ['main.tf', rootModule(cloud, values, extraArguments(cloud, isExisting, options))],
    ['.gitignore', ignoredFiles],
    ...(options.fromDocument ? ([['moved.tf', movedBlocks()]] as const) : []),
    ...moduleFiles(cloud.module),
  ]);
  writeFiles(directory, files, options.force);
  for (const line of nextSteps(directory, options)) context.print(line);
  if (isExisting && cloud.existingNote) context.print(cloud.existingNote);
}

function extraArguments(cloud: Cloud, isExisting: boolean, { fromDocument }: InitOptions): Argument[] {
  return [
    ...(isExisting ? cloud.createVariables.map((variable): Argument => [variable, false]) : []),
    // The names that the document gave, so that addresses and certificate stay.
    ...(fromDocument
      ? ([
          ['name_prefix', 'cdn'],
          ['certificate_name', 'cdn-certificate'],
        ] as const)
      : []),
  ];
}

function nextSteps(directory: string, { fromDocument }: InitOptions): string[] {
  const shown = relative('.', directory) || '.';
  return [
    `Wrote a Terraform configuration to ${shown}.`,
    '',
    'Next:',
    `  cd ${shown}`,
    ...(fromDocument
      ? ['  copy the terraform.tfstate of the old set-up here, or set its backend in main.tf']
      : ['  set a backend in main.tf for the state']),
    '  terraform init && terraform plan    # read what it would do',
    '  terraform apply',
    '  npx latchkey terraform verify "$(terraform output -raw base_url)an-object.jpg" --origin https://your-latchkey',
  ];
}
