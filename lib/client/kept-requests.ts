import type { RequestNamed, WireName } from '../contracts/named.ts';

/*
 * Commands of a tap that were sent and not answered, for the life of this tab: the same tap later sends the same request
 * with the same key, and is answered, not done again.
 */
const KEPT_AS = 'festa-requests';

function kept(): Record<string, unknown> {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT_AS) ?? '{}') as Record<string, unknown>;
  } catch {
    return {};
  }
}

function keep(requests: Record<string, unknown>): void {
  try {
    sessionStorage.setItem(KEPT_AS, JSON.stringify(requests));
  } catch {
    // A private window keeps nothing; the request lives as long as the call.
  }
}

/** The request that is still unanswered for this thing, or the given one, kept from now on. `about`: what it is for. */
export function keptRequest<N extends WireName>(name: N, about: string, request: RequestNamed<N>): RequestNamed<N> {
  const requests = kept();
  const id = `${name} ${about}`;
  const known = requests[id] as RequestNamed<N> | undefined;
  if (known !== undefined) return known;
  keep({ ...requests, [id]: request });
  return request;
}

/** Called when an answer came, whatever it said, and when the person thought better of it. */
export function forgetRequest(name: WireName, about: string): void {
  const { [`${name} ${about}`]: _, ...others } = kept();
  keep(others);
}
