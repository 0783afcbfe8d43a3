import { LatchkeyError } from '@latchkey/contract/errors';
import { type JsonEvents, JsonScanner, type JsonType, type Scalar } from './json-scanner.js';
import { isBlankByte } from './line-bytes.js';
import { showByte } from './malformed.js';
import { arrayKeys, flagKeys, type ManifestFlags, noFlags, showKey } from './manifest-keys.js';
import { type Place, showPlace } from './place.js';

const OPEN_ARRAY = 0x5b;
const LEFT_OPEN: ReadonlySet<number> = new Set([0x7b, OPEN_ARRAY, 0x2c]);
const SEND_AS_JSON = 'This looks like a JSON manifest: send it as application/json.';

/** What a file is told that cannot be NDJSON: its first line does not start with "{". */
export function refuseFirstByte(byte: number, place: Place): LatchkeyError {
  const found = byte < 0x80 ? showByte(byte) : 'another character';
  const problem = `NDJSON has one JSON object a line; found ${found} at ${showPlace(place)}, expected '{'.`;
  const message = byte === OPEN_ARRAY ? `${problem} ${SEND_AS_JSON}` : problem;
  return new LatchkeyError('not_a_manifest', message, { details: { ...place } });
}

/** Looks into the first line: it may hold the flags of the manifest, or be the start of a JSON manifest. */
export class FirstLine implements JsonEvents {
  readonly watchedDepth = 1;
  readonly readDepth = 1;
  private readonly flags: ManifestFlags = { ...noFlags };
  private readonly json: JsonScanner;
  private key: string | null = null;
  private keyCount = 0;
  private flagCount = 0;
  private wrongFlag: LatchkeyError | null = null;
  private hasArray = false;
  private lastByte = 0;
  private isMalformed = false;
  private readonly place: Place;

  constructor(place: Place) {
    this.place = place;
    this.json = new JsonScanner(this, place);
  }

  add(bytes: Uint8Array): void {
    const last = bytes.findLast((byte) => !isBlankByte(byte));
    if (last !== undefined) this.lastByte = last;
    if (!this.isMalformed) this.isMalformed = !passes(() => this.json.push(bytes));
  }

  /** The flags, or null if the line is a unit. Throws `not_a_manifest` for JSON that is no NDJSON. */
  read(): ManifestFlags | null {
    const isWhole = !this.isMalformed && passes(() => this.json.end());
    const isCutOff = !this.isMalformed && !isWhole && LEFT_OPEN.has(this.lastByte);
    if (this.hasArray || isCutOff) {
      const message = `The first unit, at ${showPlace(this.place)}, is not one JSON object on one line. ${SEND_AS_JSON}`;
      throw new LatchkeyError('not_a_manifest', message, { details: { ...this.place } });
    }
    if (!isWhole || this.flagCount === 0 || this.flagCount < this.keyCount) return null;
    if (this.wrongFlag !== null) throw this.wrongFlag;
    return this.flags;
  }

  onKey(_depth: number, key: string | null): void {
    this.key = key;
    this.keyCount++;
  }

  onStart(depth: number, type: JsonType, _offset: number, place: Place): void {
    if (depth === 0 || this.key === null) return;
    if (type === 'array' && arrayKeys.has(this.key)) this.hasArray = true;
    if (!flagKeys.has(this.key)) return;
    this.flagCount++;
    if (type === 'boolean' || type === 'null') return;
    this.wrongFlag ??= new LatchkeyError(
      'manifest_wrong_type',
      `${showKey(this.key)} must be true or false, without quotes (${showPlace(place)}).`,
      { details: { field: this.key, ...place } },
    );
  }

  onEnd(depth: number, value: Scalar): void {
    const flag = depth === 1 && this.key !== null ? flagKeys.get(this.key) : undefined;
    if (flag !== undefined) this.flags[flag] = value === true;
  }

  onTrailingComma(): void {}
}

function passes(step: () => void): boolean {
  try {
    step();
    return true;
  } catch (error) {
    if (error instanceof LatchkeyError) return false;
    throw error;
  }
}
