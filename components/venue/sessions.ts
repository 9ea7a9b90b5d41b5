import type { Session } from '../../lib/contracts/catalog.ts';
import { daysUntil } from '../../lib/messages/time.ts';

export type SessionState = 'over' | 'running' | 'soon' | 'tomorrow' | 'later';

export function sessionState(session: { startsAt: number; endsAt: number }, now: number): SessionState {
  if (now >= session.endsAt) return 'over';
  if (now >= session.startsAt) return 'running';
  const days = daysUntil(session.startsAt, now);
  return days <= 0 ? 'soon' : days === 1 ? 'tomorrow' : 'later';
}

/** Where the eye belongs: the session that runs (the one that ends first), else the one that starts next, else the last. */
export function sessionInFocus<S extends Pick<Session, 'startsAt' | 'endsAt'>>(
  sessions: readonly S[],
  now: number,
): S | null {
  const running = sessions.filter((session) => sessionState(session, now) === 'running');
  const coming = sessions.filter((session) => session.startsAt > now);
  const byEnd = [...running].sort((a, b) => a.endsAt - b.endsAt);
  const byStart = [...coming].sort((a, b) => a.startsAt - b.startsAt);
  return byEnd[0] ?? byStart[0] ?? sessions.at(-1) ?? null;
}
