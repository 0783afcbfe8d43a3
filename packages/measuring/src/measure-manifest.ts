import { limits as defaultLimits, type ManifestLimits } from '@latchkey/contract/limits';
import type { JsonObject } from '@latchkey/contract/schemas/common';
import { fillManifest } from '@latchkey/manifest/measure/fill-manifest';
import type { ManifestForm } from '@latchkey/manifest/scan/manifest-events';
import { readManifestFile } from './manifest-file.js';
import { type MeasureFinding, type MeasureTotals, measureObjects, type Verify } from './measure-objects.js';
import { MeasurementMap, type Measurements } from './measurements.js';
import { measurerOfOwnMachine } from './own-machine.js';

export interface MeasureManifestOptions {
  /** Of bytes; the name of a file tells. Default: JSON. */
  readonly format?: 'json' | 'ndjson' | 'csv';
  /** How many of the objects that have metadata are measured too, and compared with it. Default: none. */
  readonly verify?: Verify;
  /** Objects at the same time. Default 32. */
  readonly concurrency?: number;
  /** Hosts that the integration allows; units of others are left as they are. Default: all. */
  readonly allowedHosts?: readonly string[];
  /** What was measured before, and is not measured again. Default: nothing, kept in memory. */
  readonly measurements?: Measurements;
  readonly limits?: ManifestLimits;
  readonly signal?: AbortSignal;
  readonly onProgress?: (totals: Readonly<MeasureTotals>) => void;
}

export interface MeasuredManifest {
  readonly totals: Readonly<MeasureTotals>;
  /** Objects that could not be measured, and those that are not what the manifest says. */
  readonly findings: readonly MeasureFinding[];
  /** Of what `read` gives: a table comes as the NDJSON that it means. */
  readonly format: 'json' | 'ndjson';
  /** The manifest with what was measured where it lacks metadata, and every other byte as it was. */
  read(): AsyncIterable<Uint8Array>;
}

/** The path of a file (JSON, NDJSON or CSV, which may be packed with gzip), the manifest itself, or its bytes. */
export type ManifestSource = string | JsonObject | Uint8Array;

const forms = { json: 'manifest', ndjson: 'ndjson', csv: 'csv' } as const;

/**
 * Measures the objects of a manifest that have no media metadata, from this machine and by byte ranges, so that a
 * strict integration takes them. The manifest is read twice and never held; `findings` and what was measured are.
 *
 * @throws LatchkeyError for what is no manifest; the error of Node.js for a file that cannot be read; the signal's reason
 * @example
 * const measured = await measureManifest('manifest.json', { onProgress: ({ measured }) => console.log(measured) });
 * for (const { unit, code } of measured.findings) console.warn(code, unit.kind, unit.element);
 * await folder.addPrivateDataToFolderStart({ integrationId, manifest: measured.read(), format: measured.format });
 * // or, for later: await writeFile('measured.json', measured.read());
 */
export async function measureManifest(
  source: ManifestSource,
  options: MeasureManifestOptions = {},
): Promise<MeasuredManifest> {
  const { concurrency = 32, verify = 'none', allowedHosts = [], limits = defaultLimits } = options;
  const { signal = new AbortController().signal, measurements = new MeasurementMap() } = options;
  const open = () => openSource(source, options.format ?? 'json', limits.manifestBytes);
  const measurer = measurerOfOwnMachine(concurrency);
  const findings: MeasureFinding[] = [];
  try {
    const { form, content } = open();
    const reading = { form, allowedHosts, limits };
    const totals = await measureObjects(content, {
      ...reading,
      measure: (kind, url, abort) => measurer.measure(kind, url, abort),
      measurements,
      verify,
      concurrency,
      signal,
      onFinding: (finding) => findings.push(finding),
      onProgress: options.onProgress ?? (() => undefined),
    });
    const read = () => fillManifest(open().content, (keys) => measurements.find(keys), reading);
    return { totals, findings, format: form === 'manifest' ? 'json' : 'ndjson', read };
  } finally {
    measurer.close();
  }
}

function openSource(
  source: ManifestSource,
  format: keyof typeof forms,
  maxBytes: number,
): { form: ManifestForm | 'csv'; content: AsyncIterable<Uint8Array> } {
  if (typeof source === 'string') return readManifestFile(source, { maxBytes });
  if (source instanceof Uint8Array) return { form: forms[format], content: once(source) };
  return { form: 'manifest', content: once(new TextEncoder().encode(JSON.stringify(source))) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
