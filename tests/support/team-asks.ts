import { randomUUID } from 'node:crypto';
import type { TeamService } from '../../server/team/service.ts';

type Asked = { readonly ok: boolean; readonly refusal?: { readonly code: string } };

/** `ok`, or why not. */
export const code = (answer: Asked) => (answer.ok ? 'ok' : (answer.refusal?.code ?? ''));

/** Ids of so many shoppers. */
export const people = (prefix: string, count = 4) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

/** The commands of a nameless shopper, with a key of their own; at `usual()` where no process is named. */
export function asksOf(usual: () => TeamService) {
  return {
    open: (campaignId: string, shopperId: string, key: string = randomUUID(), at = usual()) =>
      at.open({ shopperId, key, campaignId, name: null }),
    join: (teamCode: string, shopperId: string, key: string = randomUUID(), at = usual()) =>
      at.join({ shopperId, key, code: teamCode, name: null }),
    openOwn: (teamId: string, shopperId: string, key: string = randomUUID(), at = usual()) =>
      at.openShare({ shopperId, key, teamId }),
  };
}
