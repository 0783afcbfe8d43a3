import { expect, test } from 'vitest';
import { hostProblem, hostsOfLines } from './hosts.js';

test('each line is a host, without blanks and repetitions', () => {
  expect(hostsOfLines(' a.example\n\nb.example:9000 \na.example\n')).toEqual(['a.example', 'b.example:9000']);
});

test.each(['a.example', '*.example.com', 'localhost:9000', '[::1]:9000'])('%s is a host', (host) => {
  expect(hostProblem(host)).toBeNull();
});

test('a URL is answered with its host', () => {
  expect(hostProblem('https://bucket.example.com:9000/key')).toContain('bucket.example.com:9000');
});

test.each(['a.example/path', 'a b'])('%j is refused', (host) => {
  expect(hostProblem(host)).not.toBeNull();
});
