import { LatchkeyError } from '@latchkey/contract/errors';
import type { UnitKind } from '@latchkey/contract/kinds';
import { type WarningContext, WarningList, warningAt } from '../warnings.js';
import type { JsonEvents, JsonType, Scalar } from './json-scanner.js';
import {
  arrayKeys,
  type EnvelopeField,
  envelopeKeys,
  flagKeys,
  type ManifestFlags,
  noFlags,
  shortenKey,
  showKey,
} from './manifest-keys.js';
import type { ManifestEnvelope, ManifestOutline } from './outline.js';
import type { PartBuilder } from './part-builder.js';
import { type Place, showPlace } from './place.js';

export type ManifestForm = 'manifest' | 'envelope' | 'ndjson';
export type JsonForm = Exclude<ManifestForm, 'ndjson'>;

type Member =
  | { type: 'array'; kind: UnitKind }
  | { type: 'flag'; name: keyof ManifestFlags }
  | { type: 'field'; name: EnvelopeField }
  | { type: 'unknown' };

const UNKNOWN: Member = { type: 'unknown' };
const ARRAYS_EXAMPLE = '"images", "videos", "audio", "text" or "pdfs"';

/** Gives the keys of the upper levels their meaning. */
export class ManifestEvents implements JsonEvents {
  readonly watchedDepth: number;
  readonly readDepth: number;
  readonly warnings = new WarningList();
  readonly flags: ManifestFlags = { ...noFlags };
  private source: ManifestEnvelope['source'] | null = null;
  private readonly fields: Pick<ManifestEnvelope, 'integrationHash' | 'ignoreErrors' | 'fileName'> = {
    integrationHash: null,
    ignoreErrors: false,
    fileName: null,
  };
  private key: { text: string | null; place: Place } = { text: null, place: { line: 1, column: 1 } };
  private member: Member = UNKNOWN;
  private inManifest: boolean;
  private openArray: UnitKind | null = null;
  private readonly arraysSeen = new Map<UnitKind, Place>();
  private readonly unknownKeys: string[] = [];
  private foundKnownKey = false;
  private readonly memberDepth: number;
  private readonly form: JsonForm;
  private readonly parts: PartBuilder;

  constructor(form: JsonForm, parts: PartBuilder) {
    this.form = form;
    this.parts = parts;
    this.memberDepth = form === 'manifest' ? 1 : 2;
    this.readDepth = this.memberDepth;
    this.watchedDepth = this.memberDepth + 1;
    this.inManifest = form === 'manifest';
  }

  /** The array that is being read. */
  get openKind(): UnitKind | null {
    return this.openArray;
  }

  onKey(depth: number, key: string | null, place: Place): void {
    if (depth > this.memberDepth || (depth === this.memberDepth && !this.inManifest)) return;
    this.key = { text: key, place };
    this.member = depth === this.memberDepth ? manifestMember(key) : envelopeMember(key);
    // For editors: the JSON Schema that the manifest says it follows.
    if (key === '$schema') return;
    if (this.member.type !== 'unknown') {
      if (depth === this.memberDepth) this.foundKnownKey = true;
      return;
    }
    if (this.unknownKeys.length < 5) this.unknownKeys.push(showKey(key));
    this.warnings.add(
      warningAt('unknown_key', `The key ${showKey(key)} is not known and was left out.`, place, {
        field: key === null ? null : shortenKey(key),
      }),
    );
  }

  onStart(depth: number, type: JsonType, offset: number, place: Place): void {
    if (depth === 0) this.startRoot(type, place);
    else if (depth > this.memberDepth) {
      if (this.openArray !== null) this.parts.startElement(this.openArray, offset, place);
    } else if (depth === this.memberDepth && this.inManifest) this.startMember(type, place);
    else if (depth === 1 && this.form === 'envelope') this.startField(type, place);
  }

  onEnd(depth: number, value: Scalar, endOffset: number): void {
    if (depth > this.memberDepth) {
      if (this.openArray !== null) this.parts.endElement(this.openArray, endOffset);
    } else if (depth === this.memberDepth && this.inManifest) {
      if (this.member.type === 'flag') this.flags[this.member.name] = value === true;
      this.parts.flush();
      this.openArray = null;
    } else if (depth === 1 && this.form === 'envelope') this.endField(value);
  }

  onTrailingComma(_offset: number, place: Place): void {
    if (this.warnings.isFull) {
      this.warnings.countOnly();
      return;
    }
    const kind = this.openArray;
    const element = kind === null || this.parts.openElement === null ? null : this.parts.unitCounts[kind];
    const context: WarningContext = { kind, element };
    this.warnings.add(
      warningAt(
        'trailing_comma',
        `There is a comma before a closing bracket at ${showPlace(place)}.`,
        place,
        context,
      ),
    );
  }

  /** The outline without its parts. Throws if there was nothing to register. */
  finish(): Omit<ManifestOutline, 'parts' | 'byteLength' | 'csvColumns'> {
    if (this.form === 'envelope' && this.source === null)
      throw new LatchkeyError(
        'not_a_manifest',
        `The body has neither "externalFiles" nor "dataItems"${this.foundInstead()}. Give the manifest in one of them.`,
      );
    if (!this.foundKnownKey)
      throw new LatchkeyError(
        'not_a_manifest',
        `The JSON object has no array such as ${ARRAYS_EXAMPLE}${this.foundInstead()}. A manifest is ` +
          '{ "images": [{ "objectUrl": "..." }] }.',
      );
    if (this.parts.unitCount === 0) throw new LatchkeyError('manifest_empty');
    return {
      unitCount: this.parts.unitCount,
      unitCounts: this.parts.unitCounts,
      flags: this.flags,
      envelope: this.source === null ? null : { source: this.source, ...this.fields },
      warnings: this.warnings.list(),
    };
  }

  private startRoot(type: JsonType, place: Place): void {
    if (type === 'object') return;
    const hint =
      type === 'array'
        ? 'Name what the array lists: { "images": [...] }.'
        : `Give an object with arrays such as ${ARRAYS_EXAMPLE}.`;
    throw new LatchkeyError('not_a_manifest', `The JSON is ${showType(type)}, not an object. ${hint}`, {
      details: { ...place },
    });
  }

  private startMember(type: JsonType, place: Place): void {
    const { member } = this;
    if (member.type === 'flag') {
      if (type !== 'boolean' && type !== 'null')
        throw this.wrongType('true or false, without quotes', type, place);
    } else if (member.type === 'array' && type !== 'null') {
      if (type !== 'array') throw this.wrongType('an array', type, place);
      this.startArray(member.kind);
    }
  }

  private startArray(kind: UnitKind): void {
    const first = this.arraysSeen.get(kind);
    this.openArray = kind;
    if (first === undefined) {
      this.arraysSeen.set(kind, this.key.place);
      return;
    }
    const message =
      `The array ${showKey(this.key.text)} is there again (first at ${showPlace(first)}). Both are read; ` +
      `the elements go on counting from ${this.parts.unitCounts[kind]}.`;
    this.warnings.add(warningAt('duplicate_key', message, this.key.place, { kind, field: this.key.text }));
  }

  private startField(type: JsonType, place: Place): void {
    const { member } = this;
    if (member.type !== 'field' || type === 'null') return;
    const { name } = member;
    if (name === 'externalFiles' || name === 'dataItems') {
      if (type !== 'object') throw this.wrongType('an object', type, place);
      if (this.source !== null)
        throw new LatchkeyError(
          'manifest_wrong_type',
          `The body has both "${this.source}" and "${name}" (${showPlace(place)}). Give one of "externalFiles" and "dataItems", once.`,
          { details: { field: name, ...place } },
        );
      this.source = name;
      this.inManifest = true;
    } else if (name === 'ignoreErrors') {
      if (type !== 'boolean') throw this.wrongType('true or false, without quotes', type, place);
    } else if (type !== 'string') throw this.wrongType('a string', type, place);
  }

  private endField(value: Scalar): void {
    this.inManifest = false;
    if (this.member.type !== 'field') return;
    const { name } = this.member;
    if (name === 'ignoreErrors') this.fields.ignoreErrors = value === true;
    else if (name === 'integrationHash' || name === 'fileName') {
      if (value === undefined)
        throw new LatchkeyError('manifest_wrong_type', `"${name}" is too long. Shorten it.`, {
          details: { field: name, ...this.key.place },
        });
      this.fields[name] = typeof value === 'string' ? value : null;
    }
  }

  private wrongType(expected: string, found: JsonType, place: Place): LatchkeyError {
    return new LatchkeyError(
      'manifest_wrong_type',
      `${showKey(this.key.text)} must be ${expected}; found ${showType(found)} at ${showPlace(place)}.`,
      { details: { field: this.key.text, ...place } },
    );
  }

  private foundInstead(): string {
    return this.unknownKeys.length === 0 ? '' : `; found ${this.unknownKeys.join(', ')}`;
  }
}

function manifestMember(key: string | null): Member {
  const kind = key === null ? undefined : arrayKeys.get(key);
  if (kind !== undefined) return { type: 'array', kind };
  const name = key === null ? undefined : flagKeys.get(key);
  return name === undefined ? UNKNOWN : { type: 'flag', name };
}

function envelopeMember(key: string | null): Member {
  const name = key === null ? undefined : envelopeKeys.get(key);
  return name === undefined ? UNKNOWN : { type: 'field', name };
}

const showType = (type: JsonType): string =>
  type === 'null' ? 'null' : type === 'array' || type === 'object' ? `an ${type}` : `a ${type}`;
