import { expect, test } from 'vitest';
import { mediaMoveOf, speedAfter } from './media-keys.js';

const pressed = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false, altKey: false });

test('keys move what plays, and shortcuts of the browser do not', () => {
  expect(mediaMoveOf(pressed('K'))).toEqual({ kind: 'toggle' });
  expect(mediaMoveOf(pressed('l'))).toEqual({ kind: 'seek', seconds: 5 });
  expect(mediaMoveOf(pressed('ArrowLeft'))).toEqual({ kind: 'seek', seconds: -1 });
  expect(mediaMoveOf(pressed('l', true))).toBeUndefined();
  expect(mediaMoveOf(pressed('x'))).toBeUndefined();
});

test('the speed goes step by step to its ends', () => {
  expect([speedAfter(1, 1), speedAfter(1, -1), speedAfter(4, 1), speedAfter(0.1, -1)]).toEqual([
    1.25, 0.75, 4, 0.1,
  ]);
});
