'use client';

import { useRouter } from 'next/navigation';
import { forgetRequest } from '../../lib/client/kept-requests.ts';
import { openTeam } from '../../lib/client/team-commands.ts';
import { teamPath } from '../../lib/domain/sharing/team-link.ts';
import { pathInLocale } from '../../lib/messages/define.ts';
import { teamPartsMessages } from '../../lib/messages/team-parts.ts';
import { useTap } from '../sharing/use-tap.ts';
import { useLocale } from '../ui/locale.tsx';

type Meant = { readonly campaignId: string; readonly showName: boolean };

/** Opening a packet: once per tap, signing in on the way if need be, and into its room when it is there. */
export function useOpening(isNobody: boolean, refresh: () => void) {
  const locale = useLocale();
  const router = useRouter();
  return useTap(isNobody, {
    send: ({ campaignId, showName }: Meant) => openTeam(campaignId, showName),
    onDone: ({ room }) => router.push(pathInLocale(teamPath(room.code), locale)),
    nextOf: (refusal) =>
      refusal.code === 'other_live_team'
        ? { path: teamPath(refusal.teamCode), word: teamPartsMessages[locale].seeOwnTeam }
        : null,
    forget: ({ campaignId }) => forgetRequest('team.open', campaignId),
    refresh,
  });
}
