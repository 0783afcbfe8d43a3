/** A reading of parsed values by the written rules, with nothing of the code under test. */

export const oracleLimits = { objectUrlBytes: 90, titleLength: 12, clientMetadataBytes: 60 };

export interface Outcome {
  kind: string | null;
  element: number;
  /** The element, or the text of the line, as given. */
  given: unknown;
  /** Null if the element is a unit. */
  code: string | null;
  field: string | null;
  unit: {
    objectUrl: unknown;
    title: unknown;
    clientMetadata: unknown;
    mediaMetadata: Record<string, unknown> | null;
  } | null;
}

export interface Reading {
  outcomes: Outcome[];
  skipDuplicateUrls: boolean;
  allowExpiredUrls: boolean;
  upsertMetadata: boolean;
}

type Json = Record<string, unknown>;
type Rule = 'text' | readonly [kind: 'whole' | 'number', least: number, most: number];
const count: Rule = ['whole', 0, 2 ** 31 - 1];
const pixels: Rule = ['whole', 1, 2 ** 31 - 1];
const size: Rule = ['whole', 0, Number.MAX_SAFE_INTEGER];
const seconds: Rule = ['number', 0, Infinity];

interface KindRule {
  arrays: string[];
  types: string[];
  fileType: string;
  metadata: string;
  fields: Record<string, Rule>;
}

export const kindRules: Record<string, KindRule> = {
  images: {
    arrays: ['images', 'image'],
    types: ['image', 'Images', 'IMAGE'],
    fileType: 'IMAGE',
    metadata: 'imageMetadata',
    fields: { mimeType: 'text', fileSize: size, width: pixels, height: pixels },
  },
  videos: {
    arrays: ['videos', 'video'],
    types: ['video', 'videos', 'VIDEO'],
    fileType: 'VIDEO',
    metadata: 'videoMetadata',
    fields: {
      fps: ['number', Number.MIN_VALUE, Infinity],
      duration: seconds,
      width: pixels,
      height: pixels,
      fileSize: size,
      mimeType: 'text',
    },
  },
  audio: {
    arrays: ['audio', 'audios'],
    types: ['audio', 'AUDIO', 'audios'],
    fileType: 'AUDIO',
    metadata: 'audioMetadata',
    fields: {
      duration: seconds,
      fileSize: size,
      mimeType: 'text',
      sampleRate: count,
      bitDepth: count,
      codec: 'text',
      numChannels: count,
    },
  },
  text: {
    arrays: ['text', 'texts'],
    types: ['text', 'plainText', 'PLAIN_TEXT'],
    fileType: 'PLAIN_TEXT',
    metadata: 'textMetadata',
    fields: { fileSize: size, mimeType: 'text' },
  },
  pdfs: {
    arrays: ['pdfs', 'pdf'],
    types: ['pdf', 'Pdfs', 'PDF'],
    fileType: 'PDF',
    metadata: 'pdfMetadata',
    fields: { fileSize: size, numPages: count },
  },
  nifti: {
    arrays: ['nifti', 'niftis'],
    types: ['nifti', 'NIFTI'],
    fileType: 'NIFTI',
    metadata: 'niftiMetadata',
    fields: {
      fileSize: size,
      mimeType: 'text',
      width: pixels,
      height: pixels,
      depth: pixels,
      numVolumes: pixels,
    },
  },
};
const unsupported: Record<string, string> = {
  image_groups_from_items: 'imageGroupsFromItems',
  data_groups: 'dataGroups',
  dataGroups: 'dataGroups',
};
type FlagName = 'skipDuplicateUrls' | 'upsertMetadata' | 'allowExpiredUrls';
const flagKeys: Record<string, FlagName> = {
  allow_expired_urls: 'allowExpiredUrls',
  allowExpiredUrls: 'allowExpiredUrls',
  skip_duplicate_urls: 'skipDuplicateUrls',
  skipDuplicateUrls: 'skipDuplicateUrls',
  upsert_metadata: 'upsertMetadata',
  upsertMetadata: 'upsertMetadata',
};

/** URLs and the code that each one gets. */
export const knownUrls: ReadonlyMap<unknown, string | null> = new Map<unknown, string | null>([
  ['https://h.org/a/1.jpg', null],
  ['http://h.org:8080/größe/%20?X-Amz-Signature=1f', null],
  ['https://h.org/\u{1f600}', null],
  ['https://other.net/a', 'host_not_allowed'],
  ['https://h.org/a b', 'object_url_whitespace'],
  ['ftp://h.org/a', 'object_url_invalid'],
  ['a/b.jpg', 'object_url_invalid'],
  ['https://h.org/\ud800', 'object_url_invalid'],
  [`https://h.org/${'é'.repeat(45)}`, 'object_url_too_long'],
  ['', 'object_url_missing'],
  [null, 'object_url_missing'],
  [undefined, 'object_url_missing'],
  [5, 'unit_wrong_type'],
]);
export const allowedHosts = ['h.org', 'h.org:8080'];
export const anyUrlCode = 'any';

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const plain = (key: string): string => key.toLowerCase().replaceAll('_', '');
/** `JSON.stringify` escapes what a database cannot store, and nothing else that the tests write. */
const isUnstorable = (value: unknown): boolean => /\\u(?:0000|d[89a-f])/.test(JSON.stringify(value) ?? '');
const member = (object: Json, ...names: string[]): unknown => {
  const wanted = new Set(names.map(plain));
  return Object.entries(object).find(([key]) => wanted.has(plain(key)))?.[1];
};

type Problem = [code: string, field: string | null];

function titleProblem(title: unknown): Problem | null {
  if (title === undefined || title === null) return null;
  if (typeof title !== 'string' || isUnstorable(title)) return ['unit_wrong_type', 'title'];
  return title.length > oracleLimits.titleLength ? ['title_too_long', 'title'] : null;
}

function clientMetadataProblem(metadata: unknown): Problem | null {
  if (metadata === undefined || metadata === null) return null;
  if (!isObject(metadata)) return ['unit_wrong_type', 'clientMetadata'];
  const isFine = (key: string): boolean =>
    key === '$encord' ||
    (key !== 'keyframes' && /^[\p{L}\p{N}\-_ .]+$/u.test(key) && /[\p{L}\p{N}]/u.test(key));
  const isRefused =
    isUnstorable(metadata) ||
    !Object.keys(metadata).every(isFine) ||
    JSON.stringify(metadata).length > oracleLimits.clientMetadataBytes;
  return isRefused ? ['client_metadata_invalid', 'clientMetadata'] : null;
}

const fits = (rule: Rule, value: unknown): boolean => {
  if (rule === 'text') return typeof value === 'string' && value !== '' && value.length <= 100;
  const [kind, least, most] = rule;
  if (typeof value !== 'number' || value < least || value > most) return false;
  return kind === 'number' || Number.isInteger(value);
};

function mediaProblem(rule: KindRule, metadata: unknown, isStrict: boolean): Problem | null {
  if (metadata === undefined || metadata === null)
    return isStrict ? ['media_metadata_missing', rule.metadata] : null;
  if (!isObject(metadata)) return ['unit_wrong_type', rule.metadata];
  const names = Object.keys(rule.fields);
  const missing = names.find((name) => (member(metadata, name) ?? null) === null);
  if (missing !== undefined) return ['media_metadata_incomplete', `${rule.metadata}.${missing}`];
  const wrong = names.find((name) => !fits(rule.fields[name] as Rule, member(metadata, name)));
  return wrong === undefined ? null : ['media_metadata_invalid', `${rule.metadata}.${wrong}`];
}

/** The tests write no group with items. */
function groupProblem(value: Json, kind: string): Problem {
  const isOfImages = kind === 'imageGroupsFromItems';
  const fileType = member(value, 'externalFileType') ?? null;
  const isWrong = typeof fileType !== 'string' || fileType.toUpperCase() !== 'IMG_GROUP_FROM_ITEMS';
  if (isOfImages && fileType !== null && isWrong) return ['unit_wrong_type', 'externalFileType'];
  return ['unit_wrong_type', isOfImages ? 'imageItems' : 'layoutContents'];
}

function readUnit(value: unknown, kind: string, isStrict: boolean): Pick<Outcome, 'code' | 'field' | 'unit'> {
  const failed = ([code, field]: Problem) => ({ code, field, unit: null });
  if (!isObject(value)) return failed(['unit_not_an_object', null]);
  const rule = kindRules[kind];
  if (rule === undefined) return failed(groupProblem(value, kind));
  const fileType = member(value, 'externalFileType') ?? rule.fileType;
  if (typeof fileType !== 'string' || fileType.toUpperCase() !== rule.fileType)
    return failed(['unit_wrong_type', 'externalFileType']);
  const objectUrl = member(value, 'objectUrl', 'url');
  const urlCode = knownUrls.has(objectUrl) ? knownUrls.get(objectUrl) : anyUrlCode;
  if (typeof urlCode === 'string') return failed([urlCode, 'objectUrl']);
  const title = member(value, 'title');
  const clientMetadata = member(value, 'clientMetadata');
  const media = member(value, rule.metadata);
  const problem =
    titleProblem(title) ?? clientMetadataProblem(clientMetadata) ?? mediaProblem(rule, media, isStrict);
  if (problem !== null) return failed(problem);
  const mediaMetadata = isObject(media)
    ? Object.fromEntries(Object.keys(rule.fields).map((name) => [name, member(media, name)]))
    : null;
  const shownTitle = typeof title === 'string' && title.trim() !== '' ? title : null;
  return {
    code: null,
    field: null,
    unit: { objectUrl, title: shownTitle, clientMetadata: clientMetadata ?? null, mediaMetadata },
  };
}

/** `manifest` is the whole of a JSON manifest, parsed. */
export function readManifestByRules(manifest: Json, isStrict: boolean): Reading {
  const reading: Reading = {
    outcomes: [],
    skipDuplicateUrls: false,
    upsertMetadata: false,
    allowExpiredUrls: false,
  };
  const counts: Record<string, number> = {};
  for (const [key, value] of Object.entries(manifest)) {
    const flag = flagKeys[key];
    if (flag !== undefined) reading[flag] = value === true;
    const known = Object.entries(kindRules).find(([, { arrays }]) => arrays.includes(key));
    const kind = known?.[0] ?? unsupported[key];
    if (kind === undefined || !Array.isArray(value)) continue;
    for (const element of value) {
      const index = counts[kind] ?? 0;
      counts[kind] = index + 1;
      reading.outcomes.push({ kind, element: index, given: element, ...readUnit(element, kind, isStrict) });
    }
  }
  return reading;
}

function readLine(text: string, element: number, isStrict: boolean): Outcome {
  const failed = (code: string, field: string | null = null): Outcome => ({
    kind: null,
    element,
    given: text.trim(),
    code,
    field,
    unit: null,
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return failed('unit_malformed');
  }
  if (!isObject(value)) return failed('unit_not_an_object');
  const type = member(value, 'type');
  if (type === undefined || type === null || type === '') return failed('unit_type_missing', 'type');
  const known = Object.entries(kindRules).find(([, { types }]) => types.includes(String(type)));
  const kind = known?.[0] ?? unsupported[String(type)];
  return kind === undefined
    ? failed('unit_type_unknown', 'type')
    : { kind, element, given: text.trim(), ...readUnit(value, kind, isStrict) };
}

/** `text` is the whole of an NDJSON manifest. */
export function readNdjsonByRules(text: string, isStrict: boolean): Reading {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const reading: Reading = {
    outcomes: [],
    skipDuplicateUrls: false,
    upsertMetadata: false,
    allowExpiredUrls: false,
  };
  const header: unknown = lines[0] === undefined ? null : JSON.parse(lines[0]);
  const entries = isObject(header) ? Object.entries(header) : [];
  const isHeader = entries.length > 0 && entries.every(([key]) => flagKeys[key] !== undefined);
  if (isHeader) {
    for (const [key, value] of entries) reading[flagKeys[key] as FlagName] = value === true;
    lines.shift();
  }
  reading.outcomes = lines.map((line, element) => readLine(line, element, isStrict));
  return reading;
}
