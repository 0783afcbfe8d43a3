import fc from 'fast-check';
import { kindRules, knownUrls } from './oracle.js';

type Json = Record<string, unknown>;

const spelled = (name: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    name,
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    name.toLowerCase(),
  );

/** An optional member under one of the spellings of its key. */
const member = (name: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<Json> =>
  fc.tuple(spelled(name), value).map(([key, given]) => (given === undefined ? {} : { [key]: given }));

const often = <Value>(usual: fc.Arbitrary<Value>, faulty: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: faulty });

const urls = [...knownUrls.keys()];
const goodUrls = urls.filter((url) => knownUrls.get(url) === null);
const objectUrl = often(fc.constantFrom(...goodUrls), fc.constantFrom(...urls));
const title = often<unknown>(
  fc.constantFrom(undefined, null, 'größe', '画像 \u{1f600}', 'a "b" \\ /', ' '),
  fc.constantFrom(7, 'a title that is too long', 'a\0', '\udc00'),
);
const clientMetadata = often<unknown>(
  fc.constantFrom(undefined, null, {}, { a: 1, ü: [true, { '[{': '}],' }] }, { $encord: 'x\ny' }),
  fc.constantFrom('x', [], { $a: 1 }, { keyframes: 1 }, { '': 1 }, { a: 'x'.repeat(80) }, { a: '\ud83d' }),
);

const goodValue = (field: string): unknown => (/mimeType|codec/.test(field) ? 'image/x' : 640);

function mediaMetadata(kind: string): fc.Arbitrary<unknown> {
  const fields = Object.keys(kindRules[kind]?.fields ?? {});
  const whole = fc
    .tuple(...fields.map((field) => member(field, fc.constant(goodValue(field)))))
    .map((members): Json => Object.assign({}, ...members));
  const damaged = fc
    .tuple(fc.constantFrom(...fields), fc.constantFrom(undefined, null, '640', 640.5, -1, '', [], {}))
    .map(
      ([wrong, value]): Json =>
        Object.fromEntries(fields.map((field) => [field, field === wrong ? value : goodValue(field)])),
    );
  return often<unknown>(whole, fc.oneof(damaged, fc.constantFrom<unknown>(undefined, null, 'x', {})));
}

function unitOf(kind: string): fc.Arbitrary<Json> {
  const rule = kindRules[kind];
  if (rule === undefined) return fc.constant({ title: 'g' });
  return fc
    .tuple(
      fc.oneof(
        member('objectUrl', objectUrl),
        objectUrl.map((url): Json => (url === undefined ? {} : { URL: url })),
      ),
      member('title', title),
      member('clientMetadata', clientMetadata),
      member(rule.metadata, mediaMetadata(kind)),
      member(
        'externalFileType',
        often<unknown>(fc.constantFrom(undefined, null, rule.fileType.toLowerCase()), fc.constant('DICOM')),
      ),
      fc.constantFrom<Json>({}, {}, {}, { odd: [1] }),
    )
    .map((members): Json => Object.assign({}, ...members));
}

const elementOf = (kind: string): fc.Arbitrary<unknown> =>
  often<unknown>(unitOf(kind), fc.constantFrom<unknown>(5, null, 'x', [], {}));

const kinds = [...Object.keys(kindRules), 'image_groups_from_items', 'dataGroups'];

/** A JSON manifest: keys of arrays, flags and others in any order. */
export const manifestValue: fc.Arbitrary<Json> = fc
  .tuple(
    fc.uniqueArray(
      fc
        .constantFrom(...kinds)
        .chain((kind) =>
          fc.tuple(
            fc.constantFrom(...(kindRules[kind]?.arrays ?? [kind])),
            fc.array(elementOf(kind), { maxLength: 6 }),
          ),
        ),
      { selector: ([key]) => key, maxLength: 4 },
    ),
    fc.constantFrom<Json>({}, { skip_duplicate_urls: true }, { skipDuplicateUrls: false }),
    fc.constantFrom<Json>({}, { upsertMetadata: true }, { upsert_metadata: null, allow_expired_urls: true }),
    fc.constantFrom<Json>({}, { note: { images: [{ a: '}' }] } }),
    fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }),
  )
  .map(([arrays, skip, upsert, note, order]) => {
    const members: [string, unknown][] = [...arrays, ...Object.entries({ ...skip, ...upsert, ...note })];
    const sorted = members.map((entry, index) => ({ entry, rank: order[index] ?? 0 }));
    return Object.fromEntries(sorted.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry));
  });

const typedUnit: fc.Arbitrary<Json> = fc
  .constantFrom(...kinds)
  .chain((kind) =>
    fc
      .tuple(
        fc.constantFrom(...(kindRules[kind]?.types ?? [kind])),
        fc.constantFrom('type', 'Type'),
        unitOf(kind),
      )
      .map(([type, key, unit]): Json => ({ [key]: type, ...unit })),
  );
const BROKEN_LINES = [
  '{"type": "image", "objectUrl": "https://h.org/a}',
  '{"type": "image",}',
  '{"type": "image"} x',
  'nope',
  '5',
  '[]',
  '{}',
  '{"upsert_metadata": true}',
  '{"type": "hologram", "objectUrl": "https://h.org/a"}',
  '{"type": null}',
  '{"type": 3}',
];
const line = often(
  fc.tuple(typedUnit, fc.boolean()).map(([unit, escapes]) => jsonText(unit, { escapes })),
  fc.constantFrom(...BROKEN_LINES),
);

/** The text of an NDJSON manifest. */
export const ndjsonText: fc.Arbitrary<string> = fc
  .record({
    before: fc.constantFrom('', '\n', ' \t\r\n\n'),
    first: fc.oneof(
      fc.constantFrom(
        '{"skip_duplicate_urls": true}',
        '{ "upsertMetadata": true, "skipDuplicateUrls": false }',
      ),
      typedUnit.map((unit) => jsonText(unit, {})),
    ),
    lines: fc.array(fc.tuple(fc.constantFrom('\n', '\r\n', '\n\n', '\n  \t\r\n ', '  \n'), line), {
      maxLength: 12,
    }),
    after: fc.constantFrom('', '\n', '\r\n \n'),
  })
  .map(({ before, first, lines, after }) => before + first + lines.flat().join('') + after);

export interface Style {
  /** Everything outside ASCII is written as `\u....`. */
  escapes?: boolean;
  /** Line breaks between members and elements. */
  breaks?: boolean;
  /** A comma before each closing bracket. */
  trailing?: boolean;
}

/** JSON text, written by hand so that it can be untidy. */
export function jsonText(value: unknown, style: Style): string {
  const gap = style.breaks === true ? '\r\n ' : '';
  const list = (open: string, items: string[], close: string): string => {
    const comma = style.trailing === true && items.length > 0 ? `${gap},` : '';
    return `${open}${gap}${items.join(`,${gap}`)}${comma}${gap}${close}`;
  };
  if (Array.isArray(value))
    return list(
      '[',
      value.map((element) => jsonText(element, style)),
      ']',
    );
  if (typeof value === 'object' && value !== null)
    return list(
      '{',
      Object.entries(value)
        .filter(([, given]) => given !== undefined)
        .map(([key, given]) => `${jsonText(key, style)}:${gap}${jsonText(given, style)}`),
      '}',
    );
  const text = JSON.stringify(value);
  if (style.escapes !== true) return text;
  return text.replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
