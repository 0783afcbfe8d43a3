import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@cdktn/hcl2json';
import { terraformDirectory } from './provider-schema.js';

/** What a parsed body holds: arguments as values, blocks as arrays of bodies, expressions as "${...}". */
export type Body = Readonly<Record<string, unknown>>;

export interface Module {
  readonly directory: string;
  readonly variables: Readonly<Record<string, Body>>;
  readonly outputs: Readonly<Record<string, Body>>;
  readonly locals: Body;
  readonly blocks: readonly ResourceBlock[];
  /** Everything of the module as one text, to find references in. */
  readonly text: string;
  /** The same without the variables: a validation names its own variable, which is no use of it. */
  readonly usingText: string;
}

export interface ResourceBlock {
  readonly kind: 'resources' | 'dataSources';
  readonly type: string;
  readonly name: string;
  readonly body: Body;
}

type Labelled = Record<string, Body[]>;

interface ParsedFile {
  readonly variable?: Labelled;
  readonly output?: Labelled;
  readonly locals?: Body[];
  readonly resource?: Record<string, Labelled>;
  readonly data?: Record<string, Labelled>;
}

export const moduleNames = (): string[] => readdirSync(join(terraformDirectory, 'modules'));
export const moduleDirectory = (name: string): string => join(terraformDirectory, 'modules', name);

/** Reads the module of a directory; `change` may alter the text of a file, to see what a mistake leads to. */
export async function readModule(
  directory: string,
  change: (text: string) => string = (text) => text,
): Promise<Module> {
  const files = readdirSync(directory).filter((name) => name.endsWith('.tf'));
  const parsed: ParsedFile[] = [];
  for (const file of files)
    parsed.push(await parse(file, change(readFileSync(join(directory, file), 'utf8'))));
  return {
    directory,
    variables: labelled(parsed.map((file) => file.variable)),
    outputs: labelled(parsed.map((file) => file.output)),
    locals: Object.assign({}, ...parsed.flatMap((file) => file.locals ?? [])),
    blocks: parsed.flatMap((file) => [
      ...resourceBlocks('resources', file.resource),
      ...resourceBlocks('dataSources', file.data),
    ]),
    text: JSON.stringify(parsed),
    usingText: JSON.stringify(parsed.map((file) => ({ ...file, variable: undefined }))),
  };
}

function labelled(groups: readonly (Labelled | undefined)[]): Record<string, Body> {
  const entries = groups.flatMap((group) => Object.entries(group ?? {}));
  return Object.fromEntries(entries.map(([name, bodies]) => [name, bodies[0] ?? {}]));
}

function resourceBlocks(
  kind: ResourceBlock['kind'],
  types: Record<string, Labelled> | undefined,
): ResourceBlock[] {
  return Object.entries(types ?? {}).flatMap(([type, names]) =>
    Object.entries(names).flatMap(([name, bodies]) => bodies.map((body) => ({ kind, type, name, body }))),
  );
}

/** Directories below the module that hold a configuration of their own. */
export function exampleDirectories(name: string): string[] {
  const directory = join(moduleDirectory(name), 'examples');
  if (!existsSync(directory)) return [];
  return readdirSync(directory).map((example) => join(directory, example));
}
