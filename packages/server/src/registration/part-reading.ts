import type { Unit } from '@latchkey/manifest/read/unit';
import type { SecretKeys } from '../access/secret-keys.js';
import type { PartMemory } from './part-memory.js';
import type { PreparedPart, PrepareTask, UnitReferences } from './prepared-part.js';
import { RowsBuilder } from './rows-builder.js';
import { SurveyBuilder, type UnitSurvey } from './unit-survey.js';

/** What one reading of a part gathers of the items that its units make. */
export class PartReading {
  readonly #survey: SurveyBuilder;
  readonly #rows: RowsBuilder;
  readonly #references: UnitReferences[] = [];

  constructor(task: PrepareTask, secretKeys: SecretKeys) {
    this.#survey = new SurveyBuilder(task.part.unitCount);
    this.#rows = new RowsBuilder(task, this.#survey, secretKeys);
  }

  /** Of the items so far. */
  get count(): number {
    return this.#survey.count;
  }

  /** `survey`: its row comes later, by `addRow`. `measured`: the objects whose metadata is from themselves. */
  add(item: Unit, index: number, what: 'survey' | 'row' | 'no row', measured?: ReadonlySet<object>): void {
    if (item.references.length > 0) this.#references.push(toReferences(item, this.count));
    this.#survey.add(item, index);
    if (what === 'row') this.#rows.add(item, measured);
    else if (what === 'no row') this.#rows.skip();
  }

  addRow(item: Unit, hasText: boolean): void {
    if (hasText) this.#rows.add(item);
    else this.#rows.skip();
  }

  /** The rows begin again with the first. */
  clearRows(): void {
    this.#rows.clear();
  }

  survey(): UnitSurvey {
    return this.#survey.build();
  }

  build(memory: PartMemory): Pick<PreparedPart, 'rows' | 'origins' | 'references'> {
    return {
      rows: { ...this.#survey.build(), ...this.#rows.build(this.count, memory) },
      origins: this.#survey.origins(),
      references: this.#references,
    };
  }
}

const toReferences = ({ kind, element, line, title, references }: Unit, row: number): UnitReferences => ({
  row,
  unit: { kind, element, line, title },
  itemIds: references,
});
