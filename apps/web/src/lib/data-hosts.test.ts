import { expect, test } from 'vitest';
import { allowsOrigin, forgetReloadFor, mayReloadFor } from './data-hosts.js';

test('an origin is allowed by itself, by a wildcard above it, and by no other', () => {
  expect(allowsOrigin(['https://a.example.com'], 'https://a.example.com')).toBe(true);
  expect(allowsOrigin(['https://*.example.com'], 'https://a.example.com')).toBe(true);
  expect(allowsOrigin(['https://*.example.com'], 'https://example.com')).toBe(false);
  expect(allowsOrigin(['https://*.example.com'], 'http://a.example.com')).toBe(false);
  expect(allowsOrigin(['https://a.example.com'], 'https://a.example.com:8443')).toBe(false);
  expect(allowsOrigin([], 'https://a.example.com')).toBe(false);
});

test('the page is loaded anew once for an origin, until loading works again', () => {
  const values = new Map<string, string>();
  const store = {
    getItem: (name: string) => values.get(name) ?? null,
    setItem: (name: string, value: string) => void values.set(name, value),
    removeItem: (name: string) => void values.delete(name),
  };
  expect(mayReloadFor('https://a.example.com', store)).toBe(true);
  expect(mayReloadFor('https://a.example.com', store)).toBe(false);
  expect(mayReloadFor('https://b.example.com', store)).toBe(true);
  forgetReloadFor('https://a.example.com', store);
  expect(mayReloadFor('https://a.example.com', store)).toBe(true);
});
