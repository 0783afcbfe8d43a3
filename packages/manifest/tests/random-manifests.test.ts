import { LatchkeyError } from '@latchkey/contract/errors';
import { limits } from '@latchkey/contract/limits';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPart } from '../src/read/read-part.js';
import type { UnitResult } from '../src/read/unit.js';
import type { ManifestForm } from '../src/scan/manifest-events.js';
import { ManifestScanner } from '../src/scan/manifest-scanner.js';
import type { ManifestOutline } from '../src/scan/outline.js';
import { SliceWindow } from '../src/slice-window.js';
import {
  allowedHosts,
  anyUrlCode,
  type Outcome,
  oracleLimits,
  type Reading,
  readManifestByRules,
  readNdjsonByRules,
} from './oracle.js';
import { jsonText, manifestValue, ndjsonText, type Style } from './random-manifest.js';

const encoder = new TextEncoder();
const readingLimits = { ...limits, ...oracleLimits };

interface Cutting {
  cuts: number[];
  unitsPerPart: number;
  bytesPerPart: number;
  isStrict: boolean;
}

const cutting: fc.Arbitrary<Cutting> = fc.record({
  cuts: fc.array(fc.nat(4000), { maxLength: 12 }),
  unitsPerPart: fc.integer({ min: 1, max: 5 }),
  bytesPerPart: fc.integer({ min: 20, max: 2000 }),
  isStrict: fc.boolean(),
});

/** Scans in pieces and reads each part from what the window still holds, as the server does. */
function readWhole(
  bytes: Uint8Array,
  form: ManifestForm,
  options: Cutting,
): { outline: ManifestOutline; results: UnitResult[] } {
  const results: UnitResult[] = [];
  const window = new SliceWindow();
  const rules = { strict: options.isStrict, allowedHosts, limits: readingLimits };
  const scanner = new ManifestScanner({
    form,
    unitsPerPart: options.unitsPerPart,
    bytesPerPart: options.bytesPerPart,
    onPart: (part) => {
      const read = readPart(window.slice(part.byteStart, part.byteEnd), part, rules).results;
      expect(read).toHaveLength(part.unitCount);
      results.push(...read);
    },
  });
  const ends = [...options.cuts.map((cut) => cut % (bytes.length + 1)), bytes.length];
  let start = 0;
  for (const end of ends.sort((a, b) => a - b)) {
    window.append(bytes.subarray(start, end));
    scanner.push(bytes.subarray(start, end));
    window.dropBefore(scanner.neededFrom);
    start = end;
  }
  return { outline: scanner.end(), results };
}

/** What a result says, in the words of the oracle. `expected` tells which URLs the oracle does not know. */
function summary(result: UnitResult, expected: Outcome | undefined): Omit<Outcome, 'given'> {
  if (expected?.code === anyUrlCode) {
    if (!result.ok && result.error.field === 'objectUrl') return withoutGiven(expected);
    const { kind, element } = result.ok ? result.unit : result.error;
    return { ...withoutGiven(expected), kind, element };
  }
  if (!result.ok) {
    const { kind, element, code, field } = result.error;
    return { kind, element, code, field, unit: null };
  }
  const { kind, element, objectUrl, title, clientMetadata, mediaMetadata } = result.unit;
  const unit = { objectUrl, title, clientMetadata, mediaMetadata: mediaMetadata && { ...mediaMetadata } };
  return { kind, element, code: null, field: null, unit };
}

const withoutGiven = ({ given: _, ...outcome }: Outcome): Omit<Outcome, 'given'> => outcome;

function expectSame(read: ReturnType<typeof readWhole>, expected: Reading): void {
  const { outline, results } = read;
  expect(results.map((result, index) => summary(result, expected.outcomes[index]))).toEqual(
    expected.outcomes.map(withoutGiven),
  );
  const errors = results.filter((result) => !result.ok);
  const units = results.filter((result) => result.ok);
  expect(units.length + errors.length).toBe(outline.unitCount);
  expect(outline.flags).toEqual({
    skipDuplicateUrls: expected.skipDuplicateUrls,
    upsertMetadata: expected.upsertMetadata,
    allowExpiredUrls: expected.allowExpiredUrls,
  });
  if (outline.unitCounts === null) return;
  for (const [kind, count] of Object.entries(outline.unitCounts))
    expect(count, kind).toBe(expected.outcomes.filter((outcome) => outcome.kind === kind).length);
}

/** Each result lies where the text of its element starts. */
function expectPlaces(text: string, results: UnitResult[], givenTexts: string[]): void {
  const lines = text.split('\n');
  for (const [index, result] of results.entries()) {
    const { line } = result.ok ? result.unit : result.error;
    const start = (givenTexts[index] ?? '').split('\n')[0] ?? '';
    const shown = lines[line - 1] ?? '';
    if (result.ok || result.error.code === 'unit_malformed') expect(shown).toContain(start);
    else
      expect([...shown].slice((result.error.column ?? 0) - 1).join('')).toSatisfy((rest: string) =>
        rest.startsWith(start),
      );
  }
}

const runs = { numRuns: 500 };
const styles: fc.Arbitrary<Style> = fc.record({
  escapes: fc.boolean(),
  breaks: fc.boolean(),
  trailing: fc.boolean(),
});

test('a JSON manifest or envelope cut anywhere reads like the parsed whole', () => {
  fc.assert(
    fc.property(manifestValue, styles, cutting, fc.boolean(), (manifest, style, options, inEnvelope) => {
      const parsed = JSON.parse(jsonText(manifest, {})) as Record<string, unknown>;
      const expected = readManifestByRules(parsed, options.isStrict);
      fc.pre(expected.outcomes.length > 0);
      const whole = inEnvelope
        ? { integrationHash: 'größe', externalFiles: manifest, ignoreErrors: true, fileName: null }
        : manifest;
      const text = jsonText(whole, style);
      const read = readWhole(encoder.encode(text), inEnvelope ? 'envelope' : 'manifest', options);
      expectSame(read, expected);
      const givenTexts = expected.outcomes.map(({ given }) => jsonText(given, style));
      expectPlaces(text, read.results, givenTexts);
      if (inEnvelope)
        expect(read.outline.envelope).toMatchObject({ integrationHash: 'größe', ignoreErrors: true });
    }),
    runs,
  );
});

test('an NDJSON manifest cut anywhere reads like its lines parsed one by one', () => {
  fc.assert(
    fc.property(ndjsonText, cutting, fc.boolean(), (text, options, hasMark) => {
      const expected = readNdjsonByRules(text, options.isStrict);
      fc.pre(expected.outcomes.length > 0);
      const read = readWhole(encoder.encode(hasMark ? `\ufeff${text}` : text), 'ndjson', options);
      expectSame(read, expected);
      expect(read.outline.unitCounts).toBeNull();
      const givenTexts = expected.outcomes.map(({ given }) => String(given));
      expectPlaces(text, read.results, givenTexts);
    }),
    runs,
  );
});

function parsedOrNull(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return null;
  }
}

function expectDamageIsTold(bytes: Uint8Array, options: Cutting): void {
  const parsed = parsedOrNull(bytes);
  let read: ReturnType<typeof readWhole>;
  try {
    read = readWhole(bytes, 'manifest', options);
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error;
    if (error.code === 'malformed_json') {
      expect(parsed).toBeNull();
      expect(error.details).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
    } else expect(['not_a_manifest', 'manifest_empty', 'manifest_wrong_type']).toContain(error.code);
    return;
  }
  if (parsed !== null) expectSame(read, readManifestByRules(parsed, options.isStrict));
  else expect(read.outline.warnings.map(({ code }) => code)).toContain('trailing_comma');
}

test('a JSON manifest with one damaged byte, or cut off, is refused with its place or reads like what is left', () => {
  fc.assert(
    fc.property(
      manifestValue,
      styles,
      cutting,
      fc.nat(),
      fc.option(fc.integer({ min: 0, max: 255 })),
      (manifest, style, options, at, byte) => {
        const bytes = encoder.encode(jsonText(manifest, { ...style, trailing: false }));
        const place = at % bytes.length;
        if (byte === null) expectDamageIsTold(bytes.subarray(0, place), options);
        else expectDamageIsTold(Uint8Array.from(bytes).fill(byte, place, place + 1), options);
      },
    ),
    { numRuns: 2000 },
  );
});
