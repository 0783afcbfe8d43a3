/**
 * Of the values from `from` to before `to` the smallest and the largest, in the order in which they come; gaps (NaN) do
 * not count. Drawn instead of all of them they look the same.
 */
export function extremesOf(
  values: ArrayLike<number>,
  from: number,
  to: number,
): readonly [first: number, second: number] {
  let least = Number.NaN;
  let most = Number.NaN;
  let leastAt = from;
  let mostAt = from;
  for (let at = from; at < to; at += 1) {
    const value = values[at] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    if (!(value >= least)) {
      least = value;
      leastAt = at;
    }
    if (!(value <= most)) {
      most = value;
      mostAt = at;
    }
  }
  return leastAt <= mostAt ? [least, most] : [most, least];
}
