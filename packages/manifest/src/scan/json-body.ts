import type { WarningList } from '../warnings.js';
import type { BodyScanner } from './body-scanner.js';
import { JsonScanner } from './json-scanner.js';
import { type JsonForm, ManifestEvents } from './manifest-events.js';
import type { ManifestOutline } from './outline.js';
import type { PartBuilder } from './part-builder.js';

/** One JSON object with arrays of units. */
export class JsonBody implements BodyScanner {
  private readonly parts: PartBuilder;
  private readonly events: ManifestEvents;
  private readonly json: JsonScanner;

  constructor(form: JsonForm, parts: PartBuilder) {
    this.parts = parts;
    this.events = new ManifestEvents(form, parts);
    this.json = new JsonScanner(this.events);
  }

  get warnings(): WarningList {
    return this.events.warnings;
  }

  get offset(): number {
    return this.json.offset;
  }

  get reportedTo(): number {
    return this.json.reportedTo;
  }

  push(chunk: Uint8Array): void {
    this.json.push(chunk);
    if (this.events.openKind !== null) this.parts.checkSize(this.events.openKind, this.json.offset);
  }

  finish(): Omit<ManifestOutline, 'parts' | 'byteLength' | 'csvColumns'> {
    this.json.end();
    return this.events.finish();
  }
}
