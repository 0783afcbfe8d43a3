import type { Failure } from '@latchkey/doctor/failure';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { allowsOrigin, forgetReloadFor, mayReloadFor } from '../../lib/data-hosts.js';
import { isBlockedByPolicy } from '../../lib/policy-violations.js';
import { useSession } from '../../lib/session.js';
import type { ShownItem } from '../../lib/signer/fresh-urls.js';
import type { SignerProblem } from '../../lib/signer/signer-problem.js';
import { findFailure } from './failure/find-failure.js';
import { mayRetry } from './failure/retry-policy.js';
import { UnreadableFile } from './failure/unreadable-file.js';
import { signedItemQuery } from './item-queries.js';

/** A diagnosis of the storage, why the signer gives no URL, or the error of our own server when it was asked for a fresh one. */
export type Problem =
  | { readonly failure: Failure }
  | { readonly signerProblem: SignerProblem }
  | { readonly error: unknown };

interface State {
  readonly url: string;
  /** Epoch milliseconds at which the URL of a signer dies; null for a registered URL. */
  readonly freshUntil: number | null;
  readonly attempt: number;
  readonly problem: Problem | null;
  readonly isDiagnosing: boolean;
}

/** Milliseconds after which a viewer that neither shows anything nor fails is looked after. */
const silence = 20_000;

/** Empty for what browsers can't load at all, such as `s3://bucket/key`. */
const originOf = (url: string) => (/^https?:/i.test(url) ? (URL.parse(url)?.origin ?? '') : '');

/** Loads the page anew, once, when its security policy is older than the integration of the item. */
function useReloadForPolicy(origin: string) {
  const dataHosts = useSession().data?.dataHosts;
  const isListed =
    dataHosts === undefined || origin === '' || origin === location.origin || allowsOrigin(dataHosts, origin);
  useEffect(() => {
    if (!isListed && mayReloadFor(origin, sessionStorage)) location.reload();
  }, [isListed, origin]);
  return { isListed };
}

/** With the moment at which the URL that is shown dies. */
const shownOf = ({ itemType, expiresAt }: ShownItem, { freshUntil }: State) => ({
  itemType,
  expiresAt: freshUntil === null ? expiresAt : new Date(freshUntil).toISOString(),
});

/** Calls when an attempt has had its time. */
function useSilence(attempt: number, onSilence: () => void) {
  const latest = useEffectEvent(onSilence);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt has its own time.
  useEffect(() => {
    const timer = setTimeout(() => latest(), silence);
    return () => clearTimeout(timer);
  }, [attempt]);
}

/** Which URL a viewer shows, and what happens when it fails: a fresh URL once, then a diagnosis. */
export function useViewing(item: ShownItem, signedUrl: string, hasViewer: boolean) {
  const client = useQueryClient();
  const [state, setState] = useState<State>({
    url: signedUrl,
    freshUntil: item.freshUntil ?? null,
    attempt: 0,
    problem: null,
    isDiagnosing: false,
  });
  const lastRetryAt = useRef<number | null>(null);
  const isBusy = useRef(false);
  const handledAttempt = useRef<number | null>(null);
  const isSettled = useRef(false);
  const closing = useRef(new AbortController());
  const { isListed } = useReloadForPolicy(originOf(state.url));
  useEffect(() => {
    const controller = new AbortController();
    closing.current = controller;
    return () => controller.abort();
  }, []);

  const retry = async () => {
    isSettled.current = false;
    lastRetryAt.current = Date.now();
    try {
      const fresh = await client.fetchQuery({ ...signedItemQuery(item.uuid, true), staleTime: 0 });
      const { signerProblem } = fresh;
      if (signerProblem)
        return setState((current) => ({ ...current, problem: { signerProblem }, isDiagnosing: false }));
      setState(({ url, attempt }) => ({
        url: fresh.signedUrl ?? url,
        freshUntil: fresh.freshUntil ?? null,
        attempt: attempt + 1,
        problem: null,
        isDiagnosing: false,
      }));
    } catch (error) {
      setState((current) => ({ ...current, problem: { error }, isDiagnosing: false }));
    }
  };
  const explain = async () => {
    const { signal } = closing.current;
    setState((current) => ({ ...current, isDiagnosing: true }));
    const failure = await findFailure(shownOf(item, state), state.url, signal);
    if (!signal.aborted) setState((current) => ({ ...current, problem: { failure }, isDiagnosing: false }));
  };
  /** A viewer that is silent for long may be loading something large, or waiting for a host that drops packets. */
  const checkSilence = async () => {
    const { signal } = closing.current;
    const failure = await findFailure(shownOf(item, state), state.url, signal);
    if (signal.aborted || isSettled.current || failure.kind === 'unreadable') return;
    setState((current) => ({ ...current, problem: { failure } }));
  };
  const handleFailure = async (error: unknown) => {
    if (error instanceof UnreadableFile) {
      const failure = { kind: 'unreadable', contentType: null, reason: error.message } as const;
      return setState((current) => ({ ...current, problem: { failure }, isDiagnosing: false }));
    }
    const origin = originOf(state.url);
    if (isBlockedByPolicy(origin) && mayReloadFor(origin, sessionStorage)) location.reload();
    else if (mayRetry(lastRetryAt.current, Date.now(), state.freshUntil)) await retry();
    else await explain();
  };
  const once = (work: () => Promise<void>) => {
    if (isBusy.current) return;
    isBusy.current = true;
    void work().finally(() => {
      isBusy.current = false;
    });
  };
  useSilence(state.attempt, () => {
    if (!isSettled.current && hasViewer) once(checkSilence);
  });
  return {
    ...state,
    onReady: () => {
      isSettled.current = true;
      if (state.problem) setState((current) => ({ ...current, problem: null }));
      if (isListed) forgetReloadFor(originOf(state.url), sessionStorage);
    },
    onFail: (error?: unknown) => {
      // A viewer may report one failure several times.
      if (handledAttempt.current === state.attempt) return;
      handledAttempt.current = state.attempt;
      isSettled.current = true;
      void handleFailure(error);
    },
    retry: () => once(retry),
  };
}
