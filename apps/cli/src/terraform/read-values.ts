import { CommandError } from '../command-error.js';
import type { CommandContext } from '../context.js';
import type { Cloud, Setting, Values } from './cloud-settings.js';

export type Flags = Readonly<Record<string, unknown>>;

export const flagOf = ({ variable }: Setting): string => `--${variable.replaceAll('_', '-')}`;
const optionOf = ({ variable }: Setting): string =>
  variable.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * The values of a module's variables, from flags; what no flag gives is asked, where somebody is there to answer.
 *
 * @throws CommandError `invalid_option` with every flag that is wrong, or all that are missing.
 */
export async function readValues(cloud: Cloud, flags: Flags, context: CommandContext): Promise<Values> {
  const values = new Map<string, string | readonly string[]>();
  const problems: string[] = [];
  const missing: Setting[] = [];
  for (const setting of cloud.settings) {
    const given = flags[optionOf(setting)];
    if (typeof given === 'string') problems.push(...keep(values, setting, given));
    else if (context.ask && flags['input'] !== false) await askFor(values, setting, context.ask, context);
    else if (setting.isRequired) missing.push(setting);
  }
  if (problems.length > 0) throw refused(problems.join('\n'), 'See --help for what each flag takes.');
  if (missing.length > 0) throw refused(`Missing: ${missing.map(flagOf).join(', ')}.`, exampleOf(missing));
  const lacking = cloud.lacks?.(values, flags['existingBucket'] === true) ?? null;
  if (lacking !== null) throw refused(`Missing: ${lacking}.`, 'See --help for what each flag takes.');
  return values;
}

const refused = (message: string, hint: string) => new CommandError('invalid_option', message, hint);

const exampleOf = (settings: readonly Setting[]) =>
  `For example: ${settings.map((setting) => `${flagOf(setting)} ${setting.example}`).join(' ')}`;

function keep(values: Map<string, string | readonly string[]>, setting: Setting, text: string): string[] {
  const parts = setting.kind === 'list' ? partsOf(text) : [text.trim()];
  const problems = parts.flatMap((part) => {
    const problem = setting.check(part);
    return problem === null ? [] : [`${flagOf(setting)}: "${part}" ${problem}, such as ${setting.example}.`];
  });
  if (problems.length === 0 && parts.length > 0)
    values.set(setting.variable, setting.kind === 'list' ? parts : (parts[0] ?? ''));
  return problems;
}

const partsOf = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

async function askFor(
  values: Map<string, string | readonly string[]>,
  setting: Setting,
  ask: NonNullable<CommandContext['ask']>,
  context: CommandContext,
): Promise<void> {
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
