import { call } from './api.ts';
import { forgetRequest, keptRequest } from './kept-requests.ts';
import { withProof } from './risk/ask-reward.ts';
import { sendKept } from './send-kept.ts';
import type { AnswerNamed } from './wire.ts';

/** Takes a packet of the first generation. `showName`: who visits it may see this shopper's name. */
export function issuePacket(campaignId: string, showName: boolean): Promise<AnswerNamed<'packet.issue'>> {
  return sendKept('packet.issue', campaignId, { key: crypto.randomUUID(), campaignId, showName });
}

/** Takes a packet of one's own from a shared one. */
export function acceptPacket(code: string, showName: boolean): Promise<AnswerNamed<'packet.accept'>> {
  return sendKept('packet.accept', code, { key: crypto.randomUUID(), code, showName });
}

/**
 * Says that this phone has looked at a shared packet. By HTTP alone: the answer brings the session of a shopper whom
 * nobody knows, which a socket cannot.
 */
export async function visitPacket(
  code: string,
  stayedMs: number,
  touched: boolean,
): Promise<AnswerNamed<'packet.visit'>> {
  const about = touched ? code : `${code} signed in`;
  const request = keptRequest('packet.visit', about, { key: crypto.randomUUID(), code, stayedMs, touched });
  const answer = await call('packet.visit', await withProof('packet.visit', request));
  const isAnswered = answer.ok || (answer.refusal.code !== 'timeout' && answer.refusal.code !== 'offline');
  if (isAnswered) forgetRequest('packet.visit', about);
  return answer;
}
