import { type UnitKind, unitKindNames, unitKinds } from './kinds.js';
import { limits } from './limits.js';
import { DicomMetadata } from './schemas/media-metadata.js';

type Schema = Record<string, unknown>;

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const spellings = (key: string): string[] => [...new Set([key, snake(key)])];
const inEachSpelling = (key: string, schema: Schema): [string, Schema][] =>
  spellings(key).map((spelling) => [spelling, schema]);
const needsOneOf = (keys: readonly string[]): Schema => ({ anyOf: keys.map((key) => ({ required: [key] })) });

const objectUrl: Schema = {
  type: 'string',
  pattern: '^[Hh][Tt][Tt][Pp][Ss]?://\\S+$',
  maxLength: limits.objectUrlBytes,
  description: 'The whole URL, signed if the object is private. Kept and loaded byte for byte.',
};
const urlKeys = ['objectUrl', 'objectURL', 'object_url', 'url'];
const urls = Object.fromEntries(urlKeys.map((key) => [key, objectUrl]));
const title: Schema = { type: ['string', 'null'], maxLength: limits.titleLength };
const clientMetadata: Schema = { type: ['object', 'null'] };
const uuid: Schema = { type: 'string', format: 'uuid' };
const boolean: Schema = { type: ['boolean', 'null'] };

/** The media metadata of a kind, its fields in either case. */
function metadataOf(kind: UnitKind): [string, Schema][] {
  const { metadata } = unitKinds[kind];
  if (metadata === null) return [];
  if (kind === 'dicomSeries') return inEachSpelling(metadata.key, plain(DicomMetadata));
  const fields = Object.entries<unknown>(metadata.schema.properties);
  const schema: Schema = {
    type: 'object',
    properties: Object.fromEntries(fields.flatMap(([field, each]) => inEachSpelling(field, plain(each)))),
    allOf: fields.map(([field]) => needsOneOf(spellings(field))),
  };
  return inEachSpelling(metadata.key, schema);
}

function elementOf(kind: UnitKind): Schema {
  const media = metadataOf(kind);
  const common = { title, ...Object.fromEntries(inEachSpelling('clientMetadata', clientMetadata)) };
  const single = { ...urls, ...common, ...Object.fromEntries(media) };
  switch (unitKinds[kind].shape) {
    case 'object':
      return {
        type: 'object',
        properties: { ...single, settings: { type: 'object' } },
        ...needsOneOf(urlKeys),
      };
    case 'scene':
      return {
        type: 'object',
        properties: { ...single, scene: { anyOf: [objectUrl, { type: 'object' }] } },
        ...needsOneOf([...urlKeys, 'scene']),
      };
    case 'members':
      return membersOf(kind, common, media);
    case 'items':
      return itemsOf(kind, common);
  }
}

/** A group of registered items. */
function itemsOf(kind: UnitKind, common: Schema): Schema {
  const uuids: Schema = { type: 'array', items: uuid, minItems: 1 };
  if (kind === 'imageGroupsFromItems')
    return {
      type: 'object',
      properties: {
        ...common,
        ...Object.fromEntries([
          ...inEachSpelling('imageItems', uuids),
          ...inEachSpelling('createVideo', boolean),
        ]),
      },
      ...needsOneOf(spellings('imageItems')),
    };
  const contents = { anyOf: [uuids, { type: 'object', additionalProperties: uuid, minProperties: 1 }] };
  return {
    type: 'object',
    properties: {
      ...common,
      ...Object.fromEntries(inEachSpelling('layoutContents', contents)),
      layout: { anyOf: [{ enum: ['default-grid', 'default-list', 'custom'] }, { type: 'object' }] },
      settings: { type: ['object', 'null'] },
    },
    ...needsOneOf(spellings('layoutContents')),
  };
}

function membersOf(kind: UnitKind, common: Schema, media: readonly [string, Schema][]): Schema {
  const list = kind === 'dicomSeries' ? 'dicomFiles' : 'images';
  const member: Schema = {
    type: 'object',
    properties: { ...urls, title, ...Object.fromEntries(media) },
    ...needsOneOf(urlKeys),
  };
  const numbered = media.map(([key, schema]): [string, Schema] => [`^${key}_\\d+$`, schema]);
  return {
    type: 'object',
    properties: {
      ...common,
      ...Object.fromEntries(inEachSpelling(list, { type: 'array', items: member, minItems: 1 })),
      ...(kind === 'imageGroups' && Object.fromEntries(inEachSpelling('createVideo', boolean))),
    },
    patternProperties: { '^object_?(?:Url|URL|url)_\\d+$': objectUrl, ...Object.fromEntries(numbered) },
  };
}

/** TypeBox values are JSON Schema with some keys that JSON does not have. */
const plain = (schema: unknown): Schema => JSON.parse(JSON.stringify(schema)) as Schema;

/** A JSON Schema of the JSON manifest, for editors. The server reads more spellings than it. */
export function toManifestSchema(): Schema {
  const arrays = unitKindNames.flatMap((kind) =>
    unitKinds[kind].keys.flatMap((key) =>
      inEachSpelling(
        key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
        {
          type: 'array',
          items: { $ref: `#/$defs/${kind}` },
        },
      ),
    ),
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Manifest of Latchkey',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      ...Object.fromEntries(arrays),
      ...Object.fromEntries(
        ['skipDuplicateUrls', 'upsertMetadata', 'allowExpiredUrls'].flatMap((flag) =>
          inEachSpelling(flag, boolean),
        ),
      ),
    },
    additionalProperties: false,
    $defs: Object.fromEntries(unitKindNames.map((kind) => [kind, elementOf(kind)])),
  };
}
