import { describe, expect, it } from 'vitest';
import { readOptions, UsageError } from './options.js';

const refusal = (...parameters: string[]) => {
  try {
    readOptions(parameters);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
  }
  return null;
};

describe('the options', () => {
  it('are read, with defaults for the rest', () => {
    expect(readOptions(['registration', '--items', '1_000_000', '--no-skip', '--rounds=3'])).toMatchObject({
      benchmark: 'registration',
      items: 1_000_000,
      rounds: 3,
      skipDuplicates: false,
      ignoreErrors: true,
      databaseUrl: null,
    });
    expect(readOptions(['lists'])).toMatchObject({ items: 100_000, pages: 500, skipDuplicates: true });
  });

  it('are refused with a list of what is allowed', () => {
    expect(refusal()).toBe(
      'Name a benchmark: registration, receive, lists, eventloop, probe, gateway, cache-tests, presign, identity, load, churn, manifest.',
    );
    expect(refusal('speed')).toBe(
      '"speed" is no benchmark: registration, receive, lists, eventloop, probe, gateway, cache-tests, presign, identity, load, churn, manifest.',
    );
    expect(refusal('eventloop', '--rounds', '3')).toBe(
      '"--rounds" is no option of eventloop. Allowed: --items, --seed, --json, --database.',
    );
    expect(refusal('receive', '--itmes', '5')).toContain(
      '"--itmes" is no option of receive. Allowed: --items,',
    );
    expect(refusal('receive', '5')).toContain('"5" is no option of receive.');
    expect(refusal('receive', '--items', '-5')).toContain('--items');
    expect(refusal('receive', '--items', 'many')).toBe(
      '--items is "many"; it must be a whole number from 1 to 1,000,000,000.',
    );
    expect(refusal('manifest')).toBe('manifest needs --out FILE.');
  });

  it('are refused without a word of a database URL', () => {
    expect(refusal('receive', '--database', 'mysql://user:secret@host/db')).not.toContain('secret');
  });
});
