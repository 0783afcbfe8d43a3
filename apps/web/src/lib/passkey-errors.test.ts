import { describe, expect, it } from 'vitest';
import { dialogError } from './passkey-errors.js';

const named = (name: string): Error => Object.assign(new Error('of the browser'), { name });

describe('dialogError', () => {
  it.each([
    ['NotAllowedError', false, 'passkey_cancelled'],
    ['NotAllowedError', true, 'passkey_timed_out'],
    ['InvalidStateError', true, 'passkey_taken'],
    ['SecurityError', false, 'passkey_wrong_origin'],
    ['ConstraintError', false, 'passkey_unsupported'],
  ])('says of %s what happened (time up: %s)', (name, isTimeUp, code) => {
    expect(dialogError(named(name), isTimeUp)).toMatchObject({ code, hint: expect.any(String) });
  });

  it('leaves what it does not know as it is', () => {
    const error = named('UnknownError');
    expect(dialogError(error, true)).toBe(error);
  });
});
