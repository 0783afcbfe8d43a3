import { describe, expect, test } from 'vitest';
import { filterOf, isFiltered, noFilter, problemsOf, toQuery, toSearch } from './audit-filter.js';

describe('the filter of the audit log', () => {
  test('comes back from the address as it was', () => {
    const filter = { ...noFilter, actor: 'a@example.com', from: '2026-03-01' };
    expect(filterOf(new URLSearchParams(toSearch(filter)))).toEqual(filter);
    expect(toSearch(noFilter)).toEqual({});
    expect([isFiltered(filter), isFiltered(noFilter)]).toEqual([true, false]);
  });

  test('takes whole days', () => {
    const { after, before } = toQuery({ ...noFilter, from: '2026-02-28', through: '2026-02-28' });
    expect(after).toBe(new Date(2026, 1, 28).toISOString());
    expect(before).toBe(new Date(2026, 2, 1).toISOString());
    expect(toQuery({ ...noFilter, from: 'soon' })).toEqual({});
  });

  test('says what the API would refuse', () => {
    expect(problemsOf({ ...noFilter, actor: 'somebody', subject: '12' })).toEqual({
      actor: 'Give an e-mail address or a UUID.',
      subject: 'Give a UUID.',
    });
    expect(problemsOf({ ...noFilter, actor: 'a@example.com' })).toEqual({});
  });
});
