'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useRef, useState } from 'react';
import { forgetRequest } from '../../lib/client/kept-requests.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { openTeam } from '../../lib/client/team-commands.ts';
import { teamPath } from '../../lib/domain/sharing/team-link.ts';
import { pathInLocale } from '../../lib/messages/define.ts';
import { teamPartsMessages } from '../../lib/messages/team-parts.ts';
import type { Refused } from '../sharing/refusal-line.tsx';
import { useLocale } from '../ui/locale.tsx';

type Meant = { readonly campaignId: string; readonly showName: boolean };

/** Opening a packet: once per tap, signing in on the way if need be, and into its room when it is there. */
export function useOpening(isNobody: boolean, refresh: () => void) {
  const locale = useLocale();
  const router = useRouter();
  const isRunning = useRef(false);
  const meant = useRef<Meant | null>(null);
  const [busyId, setBusyId] = useState<string | null>(null);
  const [isSigningIn, setIsSigningIn] = useState(false);
  const [refused, setRefused] = useState<(Refused & { campaignId: string }) | null>(null);

  const send = useCallback(
    async ({ campaignId, showName }: Meant) => {
      // Two taps in one frame come before React has drawn the first: a flag, not a state.
      if (isRunning.current) return;
      isRunning.current = true;
      setBusyId(campaignId);
      setRefused(null);
      const answer = await openTeam(campaignId, showName);
      isRunning.current = false;
      if (answer.ok) return router.push(pathInLocale(teamPath(answer.value.room.code), locale));
      setBusyId(null);
      const { refusal } = answer;
      if (refusal.code === 'login_required' || refusal.code === 'phone_required') return setIsSigningIn(true);
      const word = teamPartsMessages[locale].seeOwnTeam;
      const next = refusal.code === 'other_live_team' ? { path: teamPath(refusal.teamCode), word } : null;
      setRefused({ campaignId, text: refusalText(refusal, locale), next });
      if (refusal.code !== 'offline') refresh();
    },
    [locale, router, refresh],
  );

  const open = (campaignId: string, showName: boolean) => {
    meant.current = { campaignId, showName };
    if (isNobody) setIsSigningIn(true);
    else void send(meant.current);
  };
  const signedIn = () => {
    setIsSigningIn(false);
    if (meant.current) void send(meant.current);
  };
  const giveUp = () => {
    setIsSigningIn(false);
    if (meant.current) forgetRequest('team.open', meant.current.campaignId);
  };
  return { open, signedIn, giveUp, isSigningIn, busyId, refused };
}
