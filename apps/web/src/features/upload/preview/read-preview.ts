import { limits } from '@latchkey/contract/limits';
import { locate } from '@latchkey/locator/locate';
import { redactUrl } from '@latchkey/locator/redact';
import { type CheckOptions, checkManifest, type ManifestReport } from '@latchkey/manifest/check-manifest';
import { splitSeries } from '@latchkey/manifest/read/dicom-series';
import type { Unit, UnitError } from '@latchkey/manifest/read/unit';
import type { OpenedManifest } from '../measure/manifest-stream.js';
import { type FindKnown, KnownCounter } from './known-objects.js';
import type { Preview, PreviewError, PreviewProgress, PreviewRules, PreviewUnit } from './preview.js';

const shownUnits = 10;
const shownErrors = 100;
const shownHosts = 10;
const soonMs = 24 * 3600 * 1000;

interface Surroundings {
  readonly find: FindKnown;
  readonly now: number;
  readonly onProgress?: (progress: PreviewProgress) => void;
}

/**
 * Reads a whole manifest in the same memory whatever its size, and counts what registering it would do. Missing media
 * metadata is no error here: measuring may fill it in.
 */
export async function readPreview(
  { stream, form }: OpenedManifest,
  rules: PreviewRules,
  { find, now, onProgress }: Surroundings,
): Promise<Preview> {
  const counter = new KnownCounter(find, limits.knownObjects, now);
  const tally = new Tally(now);
  const options: CheckOptions = {
    form,
    maxErrors: shownErrors,
    onResult: (result) => {
      if (!result.ok) return tally.addError(result.error);
      tally.add(result.unit);
      for (const unit of splitSeries(result.unit, limits.titleLength)) counter.add(unit);
    },
    ...(onProgress && { onProgress }),
  };
  const report = await checkManifest(asking(stream, counter), { strict: false, ...rules }, options);
  await counter.ask(true);
  return { ...tally.counts(), ...countsOf(counter), ...factsOf(report) };
}

/** The stream, which waits while the server is asked. */
async function* asking(stream: AsyncIterable<Uint8Array>, counter: KnownCounter): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) {
    await counter.ask(false);
    yield chunk;
  }
}

const countsOf = ({ known, renewed, repeated, isRepeatedCountCut }: KnownCounter) => ({
  known,
  renewed,
  repeated,
  isRepeatedCountCut,
});

function factsOf({
  errors,
  errorCount,
  unitsByKind,
  errorsByKind,
  warnings,
  refusal,
  outline,
}: ManifestReport) {
  const goodByKind = Object.entries(unitsByKind)
    .map(([kind, units]) => [kind, units - (errorsByKind[kind as keyof typeof errorsByKind] ?? 0)] as const)
    .filter(([, units]) => units > 0);
  return {
    unitsByKind: Object.fromEntries(goodByKind),
    errorCount,
    errors: errors.map(toPreviewError),
    warnings,
    refusal: refusal?.message ?? null,
    flags: {
      skipDuplicateUrls: outline?.flags.skipDuplicateUrls ?? false,
      allowExpiredUrls: outline?.flags.allowExpiredUrls ?? false,
    },
  };
}

const nameOf = (title: string | null, objectUrl: string | null): string | null =>
  title ?? (objectUrl === null ? null : redactUrl(objectUrl));

function toPreviewError(unitError: UnitError): PreviewError {
  const { message, code, hint, title, objectUrl, kind, element, line, column, field } = unitError;
  const shownUrl = objectUrl === null ? null : redactUrl(objectUrl);
  return {
    objectUrls: shownUrl === null ? [] : [shownUrl],
    error: message,
    code,
    hint,
    title,
    place: { kind, element, line, column, field },
  };
}

/** What is told from the units themselves. */
class Tally {
  #units = 0;
  #expired = 0;
  #expiringSoon = 0;
  #firstExpiry = Number.POSITIVE_INFINITY;
  readonly #first: PreviewUnit[] = [];
  readonly #hosts = new Map<string, number>();
  readonly #now: number;

  constructor(now: number) {
    this.#now = now;
  }

  add(unit: Unit): void {
    this.#units += 1;
    const expiresAt = unit.location.signature?.expiresAt ?? null;
    if (expiresAt !== null) this.#addExpiry(expiresAt);
    if (this.#first.length >= shownUnits) return;
    const name = nameOf(unit.title, unit.objectUrl) ?? unit.location.defaultTitle;
    this.#first.push({ kind: unit.kind, line: unit.line, name, expiresAt });
  }

  addError({ code, objectUrl }: UnitError): void {
    this.#units += 1;
    if (code !== 'host_not_allowed' || objectUrl === null) return;
    const located = locate(objectUrl);
    if (!located.ok) return;
    const { host } = located.url;
    if (this.#hosts.has(host) || this.#hosts.size < 1000)
      this.#hosts.set(host, (this.#hosts.get(host) ?? 0) + 1);
  }

  counts() {
    const hosts = [...this.#hosts].sort(([, units], [, others]) => others - units).slice(0, shownHosts);
    return {
      units: this.#units,
      first: this.#first,
      expired: this.#expired,
      expiringSoon: this.#expiringSoon,
      firstExpiry: Number.isFinite(this.#firstExpiry) ? this.#firstExpiry : null,
      otherHosts: hosts.map(([host, units]) => ({ host, units })),
    };
  }

  #addExpiry(expiresAt: number): void {
    if (expiresAt <= this.#now) {
      this.#expired += 1;
      return;
    }
    if (expiresAt - this.#now < soonMs) this.#expiringSoon += 1;
    this.#firstExpiry = Math.min(this.#firstExpiry, expiresAt);
  }
}
