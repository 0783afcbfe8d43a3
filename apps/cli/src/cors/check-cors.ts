import { readAnswer } from '@latchkey/doctor/ask-object';
import { type CorsHeaders, readCorsHeaders } from '@latchkey/doctor/cors-headers';
import { type CorsRule, corsRuleFor } from '@latchkey/doctor/cors-rule';
import { isMixedContent } from '@latchkey/doctor/diagnose';
import type { Verdict } from '@latchkey/doctor/failure';
import { isMendedByCorsRule } from '@latchkey/doctor/failure-text';
import { judge } from '@latchkey/doctor/judge';
import { locate } from '@latchkey/locator/locate';

export interface CorsReport {
  readonly origin: string;
  readonly host: string;
  readonly verdict: Verdict;
  /** Of the ranged GET; null without an answer. */
  readonly status: number | null;
  readonly allowOrigin: string | null;
  readonly exposesRanges: boolean;
  readonly preflight: 'allowed' | 'refused';
  readonly warnings: readonly string[];
  /** What mends it, where a rule of the bucket does. */
  readonly rule: CorsRule | null;
}

interface Seen {
  readonly response: Response;
  readonly cors: CorsHeaders;
}

const timeout = 15_000;

/**
 * Asks for one byte of the object as a page of `origin` would, and reads the headers that a browser would go by. Unlike
 * a browser it also sees the answers that carry none.
 */
export async function checkCors(url: string, origin: string, signal: AbortSignal): Promise<CorsReport> {
  const headers = { Origin: origin, Range: 'bytes=0-0' };
  const seen = isMixedContent(url, new URL(origin).protocol)
    ? null
    : await request(url, origin, { headers }, signal);
  const verdict = await judgeSeen(url, origin, seen);
  return {
    origin,
    host: new URL(url).host,
    verdict,
    status: seen?.response.status ?? null,
    allowOrigin: seen?.cors.allowOrigin ?? null,
    exposesRanges: seen?.cors.exposesRanges ?? false,
    preflight: await askPreflight(url, origin, signal),
    warnings: seen ? warningsOf(seen) : [],
    rule: isMendedByCorsRule(verdict) ? corsRuleFor(url, origin) : null,
  };
}

async function request(
  url: string,
  origin: string,
  init: RequestInit,
  signal: AbortSignal,
): Promise<Seen | null> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
    // A redirect is an answer of its own here: S3 sends one for a bucket of another region.
    const response = await fetch(url, { ...init, redirect: 'manual', signal: limit });
    return { response, cors: readCorsHeaders(response.headers, origin) };
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
}

async function judgeSeen(url: string, origin: string, seen: Seen | null): Promise<Verdict> {
  const located = locate(url);
  const expiresAt = (located.ok && located.url.signature?.expiresAt) || null;
  const answer = seen ? await readAnswer(seen.response) : null;
  const verdict = judge(
    { answer: answer ?? { kind: 'no-answer' }, elementShows: null },
    {
      url,
      expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
      now: Date.now(),
      pageProtocol: new URL(origin).protocol,
      isBlockedByPolicy: false,
      expected: null,
    },
  );
  await seen?.response.body?.cancel().catch(() => undefined);
  return seen ? asBrowserSees(verdict, seen.cors) : verdict;
}

/** Nothing is amiss but what a browser would hide from the page. */
function asBrowserSees(verdict: Verdict, { allowsOrigin, exposesRanges }: CorsHeaders): Verdict {
  const isDelivered = ['fine', 'no-ranges', 'unreadable'].includes(verdict.kind);
  if (!isDelivered) return verdict;
  if (!allowsOrigin) return { kind: 'no-cors' };
  if (verdict.kind === 'fine' && !exposesRanges) return { kind: 'ranges-hidden' };
  return verdict;
}

async function askPreflight(
  url: string,
  origin: string,
  signal: AbortSignal,
): Promise<CorsReport['preflight']> {
  const headers = {
    Origin: origin,
    'Access-Control-Request-Method': 'GET',
    'Access-Control-Request-Headers': 'range',
  };
  const seen = await request(url, origin, { method: 'OPTIONS', headers }, signal);
  await seen?.response.body?.cancel().catch(() => undefined);
  return seen?.response.ok && seen.cors.allowsOrigin ? 'allowed' : 'refused';
}

function warningsOf({ response, cors }: Seen): string[] {
  const warnings: string[] = [];
  if (cors.allowsOrigin && !cors.variesByOrigin)
    warnings.push(
      'The answer names one origin and has no "Vary: Origin": a cache may give the copy of one page to another, which then fails at random.',
    );
  if (cors.allowOrigin !== null && !cors.allowsOrigin)
    warnings.push(`The answer allows ${cors.allowOrigin} and not the origin that was asked with.`);
  if (response.status >= 400 && !cors.allowsOrigin)
    warnings.push('Refusals carry no CORS headers, so that a browser cannot tell why it was refused.');
  return warnings;
}
