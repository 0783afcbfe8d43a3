import { cross, type Vector } from './placement.js';

/** Letters of the patient's directions: left, right; posterior, anterior; head, foot. */
const letters = [
  ['L', 'R'],
  ['P', 'A'],
  ['H', 'F'],
] as const;

/** `[0.9, -0.4, 0]` -> `LA`: the directions that a vector of the patient's axes shows most. */
export function lettersOf(vector: Vector): string {
  return vector
    .map((part, axis) => ({ part, pair: letters[axis as 0 | 1 | 2] }))
    .filter(({ part }) => Math.abs(part) > 0.3)
    .sort((a, b) => Math.abs(b.part) - Math.abs(a.part))
    .map(({ part, pair }) => pair[part > 0 ? 0 : 1])
    .join('');
}

export interface EdgeLetters {
  readonly top: string;
  readonly bottom: string;
  readonly left: string;
  readonly right: string;
}

/** What lies beyond the edges of a pane. `normal` points out of the screen. */
export function edgeLetters(up: Vector, normal: Vector): EdgeLetters {
  const right = cross(up, normal);
  const turned = ([x, y, z]: Vector): Vector => [-x, -y, -z];
  return {
    top: lettersOf(up),
    bottom: lettersOf(turned(up)),
    left: lettersOf(turned(right)),
    right: lettersOf(right),
  };
}
