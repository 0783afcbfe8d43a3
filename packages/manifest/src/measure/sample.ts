/** A random choice of at most `size` of what is offered, each with the same chance, however much there is. */
export class Sample<Value> {
  private readonly chosen: Value[] = [];
  private offered = 0;
  private readonly size: number;
  private readonly random: () => number;

  constructor(size: number, random: () => number = Math.random) {
    this.size = size;
    this.random = random;
  }

  offer(value: Value): void {
    this.offered += 1;
    if (this.chosen.length < this.size) {
      this.chosen.push(value);
      return;
    }
    const at = Math.floor(this.random() * this.offered);
    if (at < this.size) this.chosen[at] = value;
  }

  get values(): readonly Value[] {
    return this.chosen;
  }
}
