'use client';

import { useCallback, useRef, useState } from 'react';
import { forgetRequest } from '../../lib/client/kept-requests.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { joinTeam, openShare } from '../../lib/client/team-commands.ts';
import type { TeamAnswer } from '../../lib/client/team-room.ts';
import { teamPath } from '../../lib/domain/sharing/team-link.ts';
import { teamPartsMessages } from '../../lib/messages/team-parts.ts';
import type { Refused } from '../sharing/refusal-line.tsx';
import { useLocale } from '../ui/locale.tsx';

/** Refusals after which what is true now says everything: the page shows it, and no sentence beside it. */
const MOVED_ON = new Set(['team_full', 'team_expired', 'unknown_team', 'packet_code', 'share_lapsed']);

type Refusal = Extract<Awaited<ReturnType<typeof joinTeam | typeof openShare>>, { ok: false }>['refusal'];

function nextOf(refusal: Refusal, words: (typeof teamPartsMessages)['zh-CN']): Refused['next'] {
  if (refusal.code === 'other_live_team') return { path: teamPath(refusal.teamCode), word: words.seeOwnTeam };
  if (refusal.code === 'risk_blocked') return { path: '/decisions', word: words.seeDecision };
  const isOver = refusal.code === 'joins_used_up' || refusal.code === 'team_campaign_stopped';
  return isOver ? { path: '/team', word: words.again } : null;
}

type Room = {
  readonly code: string;
  readonly take: (answer: TeamAnswer) => void;
  readonly refresh: () => Promise<void>;
  /** Asks who it is; what was meant goes on when that is known. */
  readonly signIn: () => void;
};

/** Joining this team and opening one's share: once per tap, with what was refused. */
export function useRoomTasks({ code, take, refresh, signIn }: Room) {
  const locale = useLocale();
  const isRunning = useRef(false);
  const [isBusy, setIsBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);

  const run = useCallback(
    async (send: () => ReturnType<typeof joinTeam | typeof openShare>): Promise<boolean> => {
      // Two taps in one frame come before React has drawn the first: a flag, not a state.
      if (isRunning.current) return false;
      isRunning.current = true;
      setIsBusy(true);
      setRefused(null);
      const answer = await send();
      isRunning.current = false;
      setIsBusy(false);
      if (answer.ok) {
        take(answer.value);
        return true;
      }
      const { refusal } = answer;
      if (refusal.code === 'login_required' || refusal.code === 'phone_required') signIn();
      else if (!MOVED_ON.has(refusal.code)) {
        setRefused({ text: refusalText(refusal, locale), next: nextOf(refusal, teamPartsMessages[locale]) });
      }
      if (refusal.code !== 'offline') void refresh();
      return false;
    },
    [take, refresh, signIn, locale],
  );

  const join = useCallback((showName: boolean) => run(() => joinTeam(code, showName)), [run, code]);
  const open = useCallback((teamId: string) => run(() => openShare(teamId)), [run]);
  /** The person thought better of signing in. */
  const giveUp = useCallback(() => forgetRequest('team.join', code), [code]);
  return { join, open, giveUp, isBusy, refused };
}
