import { CommandError } from '../command-error.js';
import type { CommandContext } from '../context.js';
import type { Cloud, Setting, Values } from './cloud-settings.js';

type Ask = NonNullable<CommandContext['ask']>;

export type Flags = Readonly<Record<string, unknown>>;

export const flagOf = ({ variable }: Setting): string => `--${variable.replaceAll('_', '-')}`;
const optionOf = ({ variable }: Setting): string =>
  variable.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** What a configuration is made of. */
export interface Answers {
  readonly values: Values;
  /** The bucket (storage account, container) is there already. */
  readonly isExisting: boolean;
}

type Kept = Map<string, string | readonly string[]>;

/**
 * The values of a module's variables, from flags; what no flag gives is asked, where somebody is there to answer.
 *
 * @throws CommandError `invalid_option` with every flag that is wrong, or all that are missing.
 */
export async function readValues(cloud: Cloud, flags: Flags, context: CommandContext): Promise<Answers> {
  const values: Kept = new Map();
  const problems = cloud.settings.flatMap((setting) => {
    const given = flags[optionOf(setting)];
    return typeof given === 'string' ? keep(values, setting, given) : [];
  });
  if (problems.length > 0) throw refused(problems.join('\n'), 'See --help for what each flag takes.');
  const isExisting = flags['existingBucket'] === true;
  const open = cloud.settings.filter((setting) => !values.has(setting.variable));
  if (context.ask && flags['input'] !== false && open.length > 0)
    return askForAll(cloud, values, isExisting, context.ask, context);
  const missing = open.filter((setting) => setting.isRequired);
  if (missing.length > 0) throw refused(`Missing: ${missing.map(flagOf).join(', ')}.`, exampleOf(missing));
  const lacking = lackOf(cloud, values, isExisting);
  if (lacking !== null) throw refused(lacking, 'See --help for what each flag takes.');
  return { values, isExisting };
}

function lackOf(cloud: Cloud, values: Values, isExisting: boolean): string | null {
  const lacking = cloud.lacks?.(values, isExisting) ?? null;
  return lacking === null ? null : `Missing: ${lacking}.`;
}

/** Asks until nothing lacks: values that are optional each for itself are asked again, and no answer is lost. */
async function askForAll(
  cloud: Cloud,
  values: Kept,
  isExistingGiven: boolean,
  ask: Ask,
  context: CommandContext,
): Promise<Answers> {
  const isExisting = isExistingGiven || (await askWhetherExisting(ask, context));
  for (;;) {
    for (const setting of cloud.settings)
      if (!values.has(setting.variable) && !(isExisting && setting.isOfNewBucket))
        await askFor(values, setting, ask, context);
    const lacking = lackOf(cloud, values, isExisting);
    if (lacking === null) return { values, isExisting };
    context.note(lacking);
  }
}

async function askWhetherExisting(ask: Ask, context: CommandContext): Promise<boolean> {
  for (;;) {
    const answer = (await ask('does the bucket exist already? (yes, or nothing for a new one): ')).trim();
    context.signal.throwIfAborted();
    if (/^(n|no)?$/i.test(answer)) return false;
    if (/^(y|yes)$/i.test(answer)) return true;
    context.note(`"${answer}" is neither yes nor no.`);
  }
}

const refused = (message: string, hint: string) => new CommandError('invalid_option', message, hint);

const exampleOf = (settings: readonly Setting[]) =>
  `For example: ${settings.map((setting) => `${flagOf(setting)} ${setting.example}`).join(' ')}`;

function keep(values: Kept, setting: Setting, text: string): string[] {
  const parts = setting.kind === 'list' ? partsOf(text) : [text.trim()];
  const problems = parts.flatMap((part) => {
    const problem = setting.check(part);
    return problem === null ? [] : [`${flagOf(setting)}: "${part}" ${problem}, such as ${setting.example}.`];
  });
  if (parts.length === 0)
    return [`${flagOf(setting)} is empty: give at least one, such as ${setting.example}.`];
  if (problems.length === 0) values.set(setting.variable, setting.kind === 'list' ? parts : (parts[0] ?? ''));
  return problems;
}

const partsOf = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

async function askFor(values: Kept, setting: Setting, ask: Ask, context: CommandContext): Promise<void> {
  const need = setting.isRequired ? '' : ', or nothing';
  for (;;) {
    const answer = (await ask(`${setting.meaning} (such as ${setting.example}${need}): `)).trim();
    context.signal.throwIfAborted();
    if (answer === '' && !setting.isRequired) return;
    const problems = answer === '' ? [`${flagOf(setting)} is needed.`] : keep(values, setting, answer);
    if (problems.length === 0) return;
    for (const problem of problems) context.note(problem);
  }
}
