import type { RequestNamed, WireName } from '../contracts/named.ts';
import { hearServerDate } from './answer-clock.ts';
import type { AnswerNamed, PhoneRefusal } from './wire.ts';
import { maySendAgain, wireMethod, wirePath } from './wire.ts';

/** How long one attempt may take before the phone says that no answer came. */
const ATTEMPT_MS_MAX = 10_000;
const ATTEMPTS_MAX = 3;
const BACKOFF_MS = 400;

type CallOptions = {
  /** Ends the call; the promise then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** 1 = never ask twice. Default 3 for what may be sent again, else 1. */
  attemptsMax?: number;
  /** What the request says besides from the second sending on. */
  whenAgain?: object;
};

/**
 * Sends one command or read and resolves to its answer; a refusal is an answer.
 *
 * Where no answer came the refusal is `offline` (nothing was sent) or `timeout` (it may have been done: ask again
 * with the same key). What may be sent twice is sent up to three times, with full jitter, and waits at least as
 * long as `retryAfterMs` says.
 *
 * @throws the signal's reason when `signal` ends the call.
 */
export async function call<N extends WireName>(
  name: N,
  request: RequestNamed<N>,
  options: CallOptions = {},
): Promise<AnswerNamed<N>> {
  const attemptsMax = options.attemptsMax ?? (maySendAgain(name) ? ATTEMPTS_MAX : 1);
  let isOutcomeUnknown = false;
  for (let attempt = 1; ; attempt++) {
    const sent = attempt > 1 ? { ...request, ...options.whenAgain } : request;
    const answer = await sendOnce(name, sent, options.signal);
    if (!answer.ok && answer.refusal.code === 'offline' && isOutcomeUnknown) {
      return noAnswer('timeout') as AnswerNamed<N>;
    }
    if (answer.ok || attempt >= attemptsMax || !isPassing(answer.refusal)) return answer as AnswerNamed<N>;
    isOutcomeUnknown ||= answer.refusal.code === 'timeout' && wireMethod(name) === 'POST';
    const floorMs = answer.refusal.code === 'try_later' ? (answer.refusal.retryAfterMs ?? 0) : 0;
    await wait(floorMs + Math.random() * BACKOFF_MS * 2 ** attempt, options.signal);
  }
}

type LooseRefusal = { code: string; retryAfterMs?: number };
type LooseAnswer = { ok: true; value: unknown } | { ok: false; refusal: LooseRefusal };

async function sendOnce(name: WireName, request: object, signal: AbortSignal | undefined): Promise<LooseAnswer> {
  if (!navigator.onLine) return noAnswer('offline');
  const attempt = new AbortController();
  const timer = setTimeout(() => attempt.abort(), ATTEMPT_MS_MAX);
  const stop = () => attempt.abort();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    signal?.throwIfAborted();
    const response = await fetch(urlOf(name, request), { ...initOf(name, request), signal: attempt.signal });
    if (!name.startsWith('public.')) hearServerDate(response.headers.get('date'));
    return readAnswer(await response.json());
  } catch {
    signal?.throwIfAborted();
    // A read that failed without a network was not answered; a command may have arrived all the same.
    return noAnswer(navigator.onLine || wireMethod(name) === 'POST' ? 'timeout' : 'offline');
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/** Something between us and the server may answer with JSON of its own; only ours counts as an answer. */
function readAnswer(body: unknown): LooseAnswer {
  const answer = body as Partial<LooseAnswer> | null;
  if (answer?.ok === true || (answer?.ok === false && 'refusal' in answer)) return answer as LooseAnswer;
  return noAnswer('timeout');
}

function urlOf(name: WireName, request: object): string {
  if (wireMethod(name) === 'POST') return wirePath(name);
  const facts = Object.entries(request).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(facts.map(([key, value]) => [key, String(value)])).toString();
  return query === '' ? wirePath(name) : `${wirePath(name)}?${query}`;
}

function initOf(name: WireName, request: object): RequestInit {
  // A public read is the same for everybody: without the header and the cookie a CDN may keep it.
  if (name.startsWith('public.')) return { credentials: 'omit' };
  const headers: Record<string, string> = { 'x-festa-locale': pageLocale() };
  if (wireMethod(name) === 'GET') return { headers, credentials: 'same-origin', cache: 'no-store' };
  headers['content-type'] = 'application/json';
  return { method: 'POST', headers, credentials: 'same-origin', body: JSON.stringify(request) };
}

/** The language of this document; the server's sentences come in it. */
export function pageLocale(): string {
  return document.documentElement.lang.startsWith('en') ? 'en-US' : 'zh-CN';
}

function noAnswer(code: PhoneRefusal['code']): LooseAnswer {
  return { ok: false, refusal: { code } };
}

/** Refusals that a little patience may change; `offline` is not one: the person must know at once. */
function isPassing(refusal: LooseRefusal): boolean {
  return refusal.code === 'timeout' || refusal.code === 'try_later' || refusal.code === 'fault';
}

/** @throws the signal's reason when it ends the wait. */
export function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', stop, { once: true });
    function done() {
      signal?.removeEventListener('abort', stop);
      resolve();
    }
    function stop() {
      clearTimeout(timer);
      reject(signal?.reason);
    }
  });
}
