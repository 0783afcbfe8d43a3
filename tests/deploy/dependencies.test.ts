import { expect, test } from 'vitest';
import { auditFindings, lockFileProblems } from '../../scripts/check-dependencies.mjs';

const digest = 'sha512-AAAA';
const problemsOf = (entry: object): string[] =>
  lockFileProblems({
    packages: { '': {}, 'packages/own': {}, 'node_modules/own': { link: true }, 'node_modules/a': entry },
  });

test('takes what has a digest and comes from the registry', () => {
  expect(problemsOf({ integrity: digest })).toEqual([]);
});

test.each([
  [{}, 'node_modules/a has no SHA-512 digest.'],
  [{ integrity: 'sha1-AAAA' }, 'node_modules/a has no SHA-512 digest.'],
  [
    { integrity: digest, resolved: 'https://packages.example.com/a.tgz' },
    'node_modules/a does not come from the registry.',
  ],
  [
    { integrity: digest, resolved: 'git+ssh://git@github.com/a/a.git' },
    'node_modules/a does not come from the registry.',
  ],
  [
    { integrity: digest, hasInstallScript: true },
    'node_modules/a runs a script when it is installed. Read it, and add it to scripts/check-dependencies.mjs.',
  ],
])('refuses %j', (entry, problem) => {
  expect(problemsOf(entry)).toEqual([problem]);
});

const advisory = {
  severity: 'high',
  name: 'a',
  range: '<2',
  title: 'Runs anything',
  url: 'https://advisories.example/1',
};
const answer = JSON.stringify({ vulnerabilities: { a: { via: [advisory] }, b: { via: ['a'] } } });

test('names each known vulnerability once, but for those that are accepted', () => {
  expect(auditFindings(answer)).toEqual({
    problems: ['high: a <2: Runs anything (https://advisories.example/1)'],
  });
  expect(auditFindings(answer, new Map([[advisory.url, 'not reached']]))).toEqual({ problems: [] });
  expect(auditFindings('{"vulnerabilities": {}}')).toEqual({ problems: [] });
});

test('says that there is no answer where there is none', () => {
  expect(auditFindings('{"message": "405 Method Not Allowed"}')).toEqual({
    unanswered: '405 Method Not Allowed',
  });
  expect(auditFindings('')).toEqual({ unanswered: 'it answered no JSON' });
});
