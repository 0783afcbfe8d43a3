import { limits } from '@latchkey/contract/limits';
import type { Unit } from '@latchkey/manifest/read/unit';
import type { SealKey } from '../access/seal.js';
import { itemIdAt } from './item-id.js';
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
  readonly #ends: Uint32Array<ArrayBuffer>;
  readonly #memberEnds: Uint32Array<ArrayBuffer>;
  readonly #task: PrepareTask;
  readonly #survey: SurveyBuilder;
  readonly #sealKey: SealKey;
  readonly #titleLength: number;
  #row = 0;

  constructor(task: PrepareTask, survey: SurveyBuilder, sealKey: SealKey) {
    this.#task = task;
    this.#survey = survey;
    this.#sealKey = sealKey;
    this.#ends = new Uint32Array(task.part.unitCount);
    this.#memberEnds = new Uint32Array(task.part.unitCount);
    this.#titleLength = task.rules.limits?.titleLength ?? limits.titleLength;
  }

  add(unit: Unit): void {
    const { owner, part } = this.#task;
    if (owner) {
      const id = itemIdAt(owner.jobId, part.firstPosition + this.#survey.indexOf(this.#row));
      const hash = this.#survey.hashOf(this.#row);
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
    this.#ends[this.#row] = text.length;
    this.#memberEnds[this.#row] = memberText.length;
    this.#row += 1;
  }

  build(count: number): Pick<PreparedRows, 'items' | 'members'> {
    return {
      items: { text: text.take(), ends: this.#ends.slice(0, count) },
      members: { text: memberText.take(), ends: this.#memberEnds.slice(0, count) },
    };
  }
}
