/** What a check of a deployment found. A warning is something that works, but not as well as it might. */
export interface Finding {
  readonly check: string;
  readonly state: 'passed' | 'failed' | 'warning' | 'skipped';
  readonly detail: string;
}

/** What is looked at, and how. */
export interface Target {
  /** URL of one object, without a signature. */
  readonly url: string;
  /** Origin of the web app. */
  readonly origin: string;
  readonly send: Send;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
}

export type Send = (
  url: string,
  request?: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> },
) => Promise<Answer>;

export type Check = (target: Target) => Promise<Finding>;

/** A check that passes or fails by one condition. */
export const found = (check: string, isRight: boolean, right: string, wrong: string): Finding => ({
  check,
  state: isRight ? 'passed' : 'failed',
  detail: isRight ? right : wrong,
});

/** Whether an answer says that it comes from a cache, in the words of the modules and the gateway, or CloudFront's. */
export const isHit = ({ headers }: Answer): boolean =>
  /\bhit\b/i.test(headers.get('x-cache-hit') ?? headers.get('x-cache') ?? '');

export const isRefused = ({ status }: Answer): boolean => status === 401 || status === 403;

/** The URL with another query. */
export function withQuery(url: string, name: string, value: string): string {
  const changed = new URL(url);
  changed.searchParams.set(name, value);
  return changed.href;
}
