import { limits } from '@latchkey/contract/limits';
import type { Unit } from '@latchkey/manifest/read/unit';
import type { SealKey } from '../access/seal.js';
import { toItemRow } from './item-row.js';
import { toMemberRow, toReferenceRow } from './member-row.js';
import type { PreparedRows, PrepareTask } from './prepared-part.js';
import { RowBuffer } from './row-buffer.js';
import type { SurveyBuilder } from './unit-survey.js';

/** Parts are written one after the other: `RowsBuilder` does not wait for anything between its first row and `build`. */
const text = new RowBuffer(4 * 1024 * 1024);
const memberText = new RowBuffer(64 * 1024);

/** Writes the rows of a part that the survey knows already, one after the other. */
export class RowsBuilder {
  readonly #ends: number[] = [];
  readonly #memberEnds: number[] = [];
  readonly #task: PrepareTask;
  readonly #survey: SurveyBuilder;
  readonly #sealKey: SealKey;
  readonly #titleLength: number;

  constructor(task: PrepareTask, survey: SurveyBuilder, sealKey: SealKey) {
    this.#task = task;
    this.#survey = survey;
    this.#sealKey = sealKey;
    this.#titleLength = task.rules.limits?.titleLength ?? limits.titleLength;
  }

  add(unit: Unit): void {
    const { owner, part } = this.#task;
    if (owner) {
      const row = this.#ends.length;
      const id = this.#survey.itemIdOf(row, owner.jobId, part.firstPosition);
      const hash = this.#survey.hashOf(row);
      text.append(toItemRow(unit, id, hash, owner, this.#sealKey, this.#titleLength));
      unit.references.forEach((reference, position) => {
        memberText.append(toReferenceRow(reference, id, position));
      });
      unit.members.forEach((member, position) => {
        memberText.append(toMemberRow(member, id, position, this.#sealKey, this.#titleLength));
      });
    }
    this.skip();
  }

  /** The row has no text. */
  skip(): void {
    this.#ends.push(text.length);
    this.#memberEnds.push(memberText.length);
  }

  build(count: number): Pick<PreparedRows, 'items' | 'members'> {
    return {
      items: { text: text.take(), ends: toEnds(this.#ends, count) },
      members: { text: memberText.take(), ends: toEnds(this.#memberEnds, count) },
    };
  }
}

/** Of a part without a chosen row, no row was visited. */
function toEnds(visited: readonly number[], count: number): Uint32Array<ArrayBuffer> {
  const ends = new Uint32Array(count);
  ends.set(visited);
  return ends;
}
