import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: unknown;
}

interface Model {
  validate(): void;
}

/** What is wrong with an object: fields that its kind does not have, wrong types, and what is missing. */
export function checkObject(object: KubernetesObject): string[] {
  const path = object.apiVersion;
  const models = require(`kubernetes-models/${path}`) as Record<string, new (data: object) => Model>;
  const Kind = models[object.kind];
  if (!Kind) return [`${object.apiVersion} has no kind ${object.kind}`];
  const unknown = unknownFields(object, declarationsOf(path, object.kind), object.kind, object.kind);
  try {
    new Kind(object).validate();
    return unknown;
  } catch (error) {
    return [...unknown, (error as Error).message];
  }
}

function declarationsOf(path: string, name: string): string {
  return join(dirname(require.resolve(`kubernetes-models/${path}`)), `${name}.d.ts`);
}

/** The validators take any further field, so names are compared with the declarations of the types. */
function unknownFields(value: unknown, file: string, name: string, place: string): string[] {
  if (typeof value !== 'object' || value === null || !existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  const body = new RegExp(`export interface I${name}[^{]*\\{([\\s\\S]*?)\\n\\}`).exec(text)?.[1];
  if (body === undefined) return [];
  const fields = new Map(
    [...body.matchAll(/^ {4}"?(\w+)"?\??: (.*)$/gm)].map(([, field = '', type = '']) => [field, type]),
  );
  return Object.entries(value).flatMap(([field, inner]) => {
    const type = fields.get(field);
    if (type === undefined) return [`${place}: no field "${field}"`];
    const next = typeFile(type, text, file);
    if (next === null) return [];
    const each = /^(Array<|.*\[\])/.test(type) && Array.isArray(inner) ? inner : [inner];
    return each.flatMap((entry, index) =>
      unknownFields(
        entry,
        next.file,
        next.name,
        `${place}.${field}${Array.isArray(inner) ? `[${index}]` : ''}`,
      ),
    );
  });
}

/** Where the type of a field is declared, by the import of its name. */
function typeFile(type: string, text: string, file: string): { file: string; name: string } | null {
  const identifier = /\bI[A-Z]\w+/.exec(type)?.[0];
  if (!identifier || type.startsWith('{')) return null;
  const source = new RegExp(`import \\{[^}]*\\b${identifier}\\b[^}]*\\} from "([^"]+)"`).exec(text)?.[1];
  if (source === undefined) return null;
  const path = source.startsWith('.')
    ? join(dirname(file), source)
    : require.resolve(source).replace(/\.js$/, '');
  return { file: `${path}.d.ts`, name: path.slice(path.lastIndexOf('/') + 1) };
}
