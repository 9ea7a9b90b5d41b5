import type { RequestNamed } from '../contracts/named.ts';
import { forgetRequest, keptRequest } from './kept-requests.ts';
import { callLive } from './live/command.ts';
import type { AnswerNamed } from './wire.ts';

type TeamCommand = 'team.open' | 'team.join' | 'team.openShare';

/** Sends once per tap and thing, however often it is tapped; what was not answered goes up again with its key. */
async function send<N extends TeamCommand>(name: N, about: string, request: RequestNamed<N>): Promise<AnswerNamed<N>> {
  const answer = await callLive(name, keptRequest(name, about, request));
  const code = answer.ok ? null : (answer.refusal as { code: string }).code;
  // Signing in comes between, and the tap goes on after it.
  const isUnanswered =
    code === 'timeout' || code === 'offline' || code === 'login_required' || code === 'phone_required';
  if (!isUnanswered) forgetRequest(name, about);
  return answer;
}

/** Opens a team. `showName`: the others may see this shopper's name. */
export function openTeam(campaignId: string, showName: boolean): Promise<AnswerNamed<'team.open'>> {
  return send('team.open', campaignId, { key: crypto.randomUUID(), campaignId, showName });
}

/** Takes a place in a team. */
export function joinTeam(code: string, showName: boolean): Promise<AnswerNamed<'team.join'>> {
  return send('team.join', code, { key: crypto.randomUUID(), code, showName });
}

/** Opens this shopper's own share. */
export function openShare(teamId: string): Promise<AnswerNamed<'team.openShare'>> {
  return send('team.openShare', teamId, { key: crypto.randomUUID(), teamId });
}
