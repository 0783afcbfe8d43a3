import { expect, test } from 'vitest';
import { AttemptLimiter } from './attempt-limiter.js';

test('an attempt beyond the limit is refused until the window of the first one ends', () => {
  let now = 0;
  const limiter = new AttemptLimiter({ what: 'Signing in', attempts: 2, windowSeconds: 60, now: () => now });
  limiter.begin('a');
  now = 20_500;
  limiter.begin('a');
  const refusal = expect.objectContaining({ code: 'too_many_attempts', details: { retryAfterSeconds: 40 } });
  expect(() => limiter.begin('a')).toThrow(refusal);
  limiter.begin('b');
  now = 60_000;
  limiter.begin('a');
  limiter.begin('a');
  expect(() => limiter.begin('a')).toThrow();
});

test('a success forgets the failures before it', () => {
  const limiter = new AttemptLimiter({ what: 'Signing in', attempts: 1, windowSeconds: 60, now: () => 0 });
  limiter.begin('a');
  limiter.succeeded('a');
  limiter.begin('a');
  expect(() => limiter.begin('a')).toThrow();
});

test('a clock that is set back holds nobody up for as long', () => {
  let now = 3_600_000;
  const limiter = new AttemptLimiter({ what: 'Signing in', attempts: 1, windowSeconds: 60, now: () => now });
  limiter.begin('a');
  expect(() => limiter.begin('a')).toThrow();
  now = 0;
  limiter.begin('a');
  const refusal = expect.objectContaining({ details: { retryAfterSeconds: 60 } });
  expect(() => limiter.begin('a')).toThrow(refusal);
});
