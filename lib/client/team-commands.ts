import { sendKept } from './send-kept.ts';
import type { AnswerNamed } from './wire.ts';

/** Opens a team. `showName`: the others may see this shopper's name. */
export function openTeam(campaignId: string, showName: boolean): Promise<AnswerNamed<'team.open'>> {
  return sendKept('team.open', campaignId, { key: crypto.randomUUID(), campaignId, showName });
}

/** Takes a place in a team. */
export function joinTeam(code: string, showName: boolean): Promise<AnswerNamed<'team.join'>> {
  return sendKept('team.join', code, { key: crypto.randomUUID(), code, showName });
}

/** Opens this shopper's own share. */
export function openShare(teamId: string): Promise<AnswerNamed<'team.openShare'>> {
  return sendKept('team.openShare', teamId, { key: crypto.randomUUID(), teamId });
}
