'use client';
import { useCallback, useEffect, useState } from 'react';
import type { ValueNamed } from '../contracts/named.ts';
import { hearServerTime } from './answer-clock.ts';
import { call } from './api.ts';
import { onLive, startLive } from './live/socket.ts';
import { keepPersonal, readPersonal } from './personal-store.ts';
import { useMe } from './session.ts';
import { learnWire } from './wire.ts';
import { TEAM_WIRE } from './wire-team.ts';

learnWire(TEAM_WIRE);

type Failure = { readonly code: string; readonly message?: string };
type Campaigns = ValueNamed<'public.teams'>['campaigns'];
type Mine = ValueNamed<'team.mine'>;

/** A page that is looked at asks this often: teams fill, and budgets go. */
const ASK_EVERY_MS = 15_000;
const KEPT_AS = 'teams';

/** Team campaigns that run or will; null until an answer came. */
export function useTeamCampaigns() {
  const [campaigns, setCampaigns] = useState<Campaigns | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const refresh = useCallback(async () => {
    const answer = await call('public.teams', {});
    setFailure(answer.ok ? null : answer.refusal);
    if (!answer.ok) return;
    hearServerTime(answer.value.now);
    setCampaigns(answer.value.campaigns);
  }, []);
  useLooks(refresh);
  // By the time of the tap there is a socket to open a packet over.
  useEffect(startLive, []);
  return { campaigns, failure, refresh };
}

/** This shopper's teams: what the phone kept at once, then the server's answer; null until either is there. */
export function useOwnTeams() {
  const { person, isKnown } = useMe();
  const shopperId = person?.isVerified ? person.id : null;
  const [mine, setMine] = useState<Mine | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const refresh = useCallback(async () => {
    if (shopperId === null) return;
    const answer = await call('team.mine', {});
    setFailure(answer.ok ? null : answer.refusal);
    if (!answer.ok) return;
    hearServerTime(answer.value.now);
    setMine(answer.value);
    void keepPersonal(KEPT_AS, { shopperId, mine: answer.value });
  }, [shopperId]);
  useEffect(() => {
    setMine(null);
    if (shopperId === null) return;
    void readPersonal<{ shopperId: string; mine: Mine }>(KEPT_AS).then((kept) => {
      if (kept?.shopperId === shopperId) setMine((before) => before ?? kept.mine);
    });
  }, [shopperId]);
  useLooks(refresh);
  return { mine, failure, refresh, isKnown, isNobody: isKnown && shopperId === null };
}

/** Asks now, when the page is looked at again, when the network or the socket is back, and every 15 s while it is seen. */
function useLooks(refresh: () => Promise<void>): void {
  useEffect(() => {
    void refresh();
    const look = () => document.visibilityState === 'visible' && void refresh();
    const timer = setInterval(look, ASK_EVERY_MS);
    const end = onLive('open', look);
    document.addEventListener('visibilitychange', look);
    addEventListener('online', look);
    return () => {
      clearInterval(timer);
      end();
      document.removeEventListener('visibilitychange', look);
      removeEventListener('online', look);
    };
  }, [refresh]);
}
