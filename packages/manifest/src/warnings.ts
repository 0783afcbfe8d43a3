import type { ManifestWarning } from '@latchkey/contract/schemas/upload-job';
import type { Place } from './scan/place.js';

export type ManifestWarningCode =
  | 'trailing_comma'
  | 'byte_order_mark'
  | 'unknown_key'
  | 'duplicate_key'
  | 'metadata_of_another_kind'
  | 'more_warnings';

export const warningLimit = 100;

export interface WarningContext {
  kind?: string | null;
  element?: number | null;
  field?: string | null;
}

export function warningAt(
  code: ManifestWarningCode,
  message: string,
  place: Place | null,
  context: WarningContext = {},
): ManifestWarning {
  const { kind = null, element = null, field = null } = context;
  return {
    code,
    message,
    place: { kind, element, line: place?.line ?? null, column: place?.column ?? null, field },
  };
}

/** Keeps the first warnings and counts the rest in a last one, so that a large manifest cannot fill the memory. */
export class WarningList {
  private readonly kept: ManifestWarning[] = [];
  private more = 0;

  add(warning: ManifestWarning): void {
    if (this.kept.length < warningLimit - 1) this.kept.push(warning);
    else this.more++;
  }

  /** Whether a further warning would only be counted. */
  get isFull(): boolean {
    return this.kept.length >= warningLimit - 1;
  }

  countOnly(): void {
    this.more++;
  }

  list(): ManifestWarning[] {
    if (this.more === 0) return [...this.kept];
    return [...this.kept, warningAt('more_warnings', `There are ${this.more} more warnings.`, null)];
  }
}
