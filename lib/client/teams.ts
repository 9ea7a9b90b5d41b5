'use client';
import { call } from './api.ts';
import { useCampaigns, useOwn } from './campaign-lists.ts';
import { learnWire } from './wire.ts';
import { TEAM_WIRE } from './wire-team.ts';

learnWire(TEAM_WIRE);

const readCampaigns = () => call('public.teams', {});
const readMine = () => call('team.mine', {});

/** Team campaigns that run or will. */
export const useTeamCampaigns = () => useCampaigns(readCampaigns);

/** This shopper's teams. */
export const useOwnTeams = () => useOwn('teams', readMine);
