import { describe, expect, it } from 'vitest';
import { checkUrl } from './check-url.js';

describe('checkUrl', () => {
  it.each([
    'https://a.example/b?c=d',
    'http://a.example:80/',
    'https://a.example:8443/',
    'http://[2606:4700::1]:9000/x',
  ])('takes %s', (url) => {
    expect(checkUrl(url).href).toBe(url.replace(':80/', '/'));
  });

  it.each([
    ['refused_scheme', 'file:///etc/passwd'],
    ['refused_scheme', 'ftp://a.example/x'],
    ['refused_scheme', 'gopher://127.0.0.1:70/_x'],
    ['refused_scheme', 'data:text/plain,hello'],
    ['refused_url', 'https://user:secret@a.example/'],
    ['refused_url', 'https://user@a.example/'],
    ['refused_url', '/relative'],
    ['refused_port', 'http://a.example:22/'],
    ['refused_port', 'https://a.example:25/'],
    ['refused_port', 'http://a.example:443443/'.replace('443443', '1023')],
  ])('answers %s for %s', (code, url) => {
    expect(() => checkUrl(url)).toThrow(expect.objectContaining({ name: 'EgressError', code }));
  });

  it('keeps user names, passwords and queries out of the message', () => {
    for (const url of [
      'https://user:secret@a.example/?token=secret',
      'http://a.example:1/secret?token=secret',
    ])
      try {
        checkUrl(url);
        expect.unreachable();
      } catch (error) {
        expect(String(error)).not.toContain('secret');
      }
  });

  it.each(['http://0x7f.1/', 'http://2130706433/', 'http://0177.0.0.1/', 'http://127.1/'])(
    'unifies the spelling of %s',
    (url) => {
      expect(checkUrl(url).hostname).toBe('127.0.0.1');
    },
  );
});
