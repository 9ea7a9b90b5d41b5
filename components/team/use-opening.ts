'use client';

import { useRouter } from 'next/navigation';
import { forgetRequest } from '../../lib/client/kept-requests.ts';
import { openTeam } from '../../lib/client/team-commands.ts';
import { teamPath } from '../../lib/domain/sharing/team-link.ts';
import { pathInLocale } from '../../lib/messages/define.ts';
import { teamPartsMessages } from '../../lib/messages/team-parts.ts';
import { useTap } from '../sharing/use-tap.ts';
import { useLocale } from '../ui/locale.tsx';

/** Nobody can open one now: there is something else to be had. */
const CLOSED = new Set<string>([
  'team_campaign_over',
  'team_campaign_stopped',
  'team_campaign_paused',
  'team_budget_gone',
]);

type Meant = { readonly campaignId: string; readonly showName: boolean };

/** Opening a packet: once per tap, signing in on the way if need be, and into its room when it is there. */
export function useOpening(isNobody: boolean, refresh: () => void) {
  const locale = useLocale();
  const router = useRouter();
  return useTap(isNobody, {
    send: ({ campaignId, showName }: Meant) => openTeam(campaignId, showName),
    onDone: ({ room }) => router.push(pathInLocale(teamPath(room.code), locale)),
    nextOf: (refusal) => {
      const words = teamPartsMessages[locale];
      if (refusal.code === 'other_live_team') return { path: teamPath(refusal.teamCode), word: words.seeOwnTeam };
      if (refusal.code === 'risk_blocked') return { path: '/decisions', word: words.seeDecision };
      return CLOSED.has(refusal.code) ? { path: '/coupons', word: words.toCentre } : null;
    },
    forget: ({ campaignId }) => forgetRequest('team.open', campaignId),
    refresh,
  });
}
