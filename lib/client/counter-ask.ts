import type { RequestNamed } from '../contracts/named.ts';
import { hearServerTime } from './answer-clock.ts';
import { call } from './api.ts';
import { setPerson } from './session.ts';
import { type AnswerNamed, type CounterName, learnWire } from './wire.ts';
import { COUNTER_WIRE } from './wire-counter.ts';

learnWire(COUNTER_WIRE);

/**
 * Sends one name of the counter. The time of the answer sets this device's clock; a session that has ended brings the
 * sign-in back.
 * @throws the signal's reason when `signal` ends the call
 */
export async function askCounter<N extends CounterName>(
  name: N,
  request: RequestNamed<N>,
  options: { signal?: AbortSignal; attemptsMax?: number } = {},
): Promise<AnswerNamed<N>> {
  const answer = await call(name, request, options);
  if (answer.ok) {
    hearServerTime((answer.value as { now: number }).now);
    return answer;
  }
  const { code } = answer.refusal as { code: string };
  if (code === 'login_required' || code === 'forbidden') setPerson(null);
  return answer;
}
