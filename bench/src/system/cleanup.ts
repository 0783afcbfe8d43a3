type Step = () => Promise<unknown>;

/** What must be undone at the end, also after an error or Ctrl-C: the last first. */
export class Cleanup {
  readonly #steps = new Set<{ readonly run: Step }>();

  /** Answers the function that undoes it early; it is not undone twice. */
  defer(step: Step): () => Promise<void> {
    const entry = { run: step };
    this.#steps.add(entry);
    return async () => {
      if (this.#steps.delete(entry)) await step();
    };
  }

  /** Goes on when a step fails; throws the first failure at the end. */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (const entry of [...this.#steps].reverse()) {
      if (this.#steps.delete(entry)) await entry.run().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }
}
