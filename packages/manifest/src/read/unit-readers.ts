import type { UnitKind } from '@latchkey/contract/kinds';
import { limits as contractLimits, type ManifestLimits } from '@latchkey/contract/limits';
import type { ManifestWarning } from '@latchkey/contract/schemas/upload-job';
import { PartWarnings } from './part-warnings.js';
import type { UnitRules } from './unit.js';
import { UnitReader } from './unit-reader.js';

/** The readers of one part, one a kind, made when they are first needed. */
export class UnitReaders {
  readonly warnings: ManifestWarning[] = [];
  readonly limits: ManifestLimits;
  private readonly readers = new Map<UnitKind, UnitReader>();
  private readonly rules: UnitRules;
  private readonly checksText: boolean;

  constructor(rules: UnitRules, checksText: boolean) {
    this.rules = rules;
    this.limits = rules.limits ?? contractLimits;
    this.checksText = checksText;
  }

  of(kind: UnitKind): UnitReader {
    const known = this.readers.get(kind);
    if (known !== undefined) return known;
    const reader = new UnitReader(kind, this.rules, new PartWarnings(kind, this.warnings), this.checksText);
    this.readers.set(kind, reader);
    return reader;
  }
}
