import { limits } from '@latchkey/contract/limits';
import { CopyRows } from '@latchkey/db/engine/copy-rows';
import { newMemberColumns } from '@latchkey/db/items/members';
import { newItemColumns } from '@latchkey/db/upload-jobs/register-items';
import type { Unit } from '@latchkey/manifest/read/unit';
import type { SecretKeys } from '../access/secret-keys.js';
import { type OwnerColumns, toItemRow, toOwnerColumns } from './item-row.js';
import { toMemberRow, toReferenceRow } from './member-row.js';
import type { PartMemory } from './part-memory.js';
import type { PreparedRows, PrepareTask } from './prepared-part.js';
import type { SurveyBuilder } from './unit-survey.js';

/** Parts are written one after the other: `RowsBuilder` does not wait for anything between its first row and `build`. */
const items = new CopyRows(newItemColumns, 4 * 1024 * 1024);
const members = new CopyRows(newMemberColumns, 64 * 1024);

/** Writes the rows of a part that the survey knows already, one after the other. */
export class RowsBuilder {
  readonly #ends: number[] = [];
  readonly #memberEnds: number[] = [];
  readonly #task: PrepareTask;
  readonly #survey: SurveyBuilder;
  readonly #secretKeys: SecretKeys;
  readonly #titleLength: number;
  readonly #ownerColumns: OwnerColumns | null;

  constructor(task: PrepareTask, survey: SurveyBuilder, secretKeys: SecretKeys) {
    this.#task = task;
    this.#survey = survey;
    this.#secretKeys = secretKeys;
    this.#titleLength = task.rules.limits?.titleLength ?? limits.titleLength;
    this.#ownerColumns = task.owner && toOwnerColumns(task.owner);
  }

  /** `measured`: which of the unit and its members have their metadata from their object. */
  add(unit: Unit, measured?: ReadonlySet<object>): void {
    const { owner, part } = this.#task;
    if (owner && this.#ownerColumns) {
      const row = this.#ends.length;
      const id = this.#survey.itemIdOf(row, owner.jobId, part.firstPosition);
      const hash = this.#survey.hashOf(row);
      items.append(
        toItemRow(unit, id, hash, this.#ownerColumns, this.#secretKeys, this.#titleLength, measured),
      );
      unit.references.forEach((reference, position) => {
        members.append(toReferenceRow(reference, id, position));
      });
      unit.members.forEach((member, position) => {
        members.append(toMemberRow(member, id, position, this.#secretKeys, this.#titleLength, measured));
      });
    }
    this.skip();
  }

  /** Begins again with the first row. */
  clear(): void {
    items.clear();
    members.clear();
    this.#ends.length = 0;
    this.#memberEnds.length = 0;
  }

  /** Nothing is written of the unit. */
  skip(): void {
    this.#ends.push(items.length);
    this.#memberEnds.push(members.length);
  }

  build(count: number, memory: PartMemory): Pick<PreparedRows, 'items' | 'members'> {
    return {
      items: { bytes: items.take((bytes) => memory.take(bytes)), ends: toEnds(this.#ends, count) },
      members: { bytes: members.take(), ends: toEnds(this.#memberEnds, count) },
    };
  }
}

/** Of a part without a chosen row, no row was visited. */
function toEnds(visited: readonly number[], count: number): Uint32Array<ArrayBuffer> {
  const ends = new Uint32Array(count);
  ends.set(visited);
  return ends;
}
