import type { RequestNamed } from '../contracts/named.ts';
import { forgetRequest, keptRequest } from './kept-requests.ts';
import type { LiveCommandName } from './live/command.ts';
import { askReward } from './risk/ask-reward.ts';
import type { AnswerNamed } from './wire.ts';

/** Sends once per tap and thing, however often it is tapped; what was not answered goes up again with its key. */
export async function sendKept<N extends LiveCommandName>(
  name: N,
  about: string,
  request: RequestNamed<N>,
): Promise<AnswerNamed<N>> {
  const answer = await askReward(name, keptRequest(name, about, request));
  const code = answer.ok ? null : (answer.refusal as { code: string }).code;
  // Signing in comes between, and the tap goes on after it.
  const isUnanswered =
    code === 'timeout' || code === 'offline' || code === 'login_required' || code === 'phone_required';
  if (!isUnanswered) forgetRequest(name, about);
  return answer;
}
