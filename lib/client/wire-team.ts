import type { Sending, TeamName } from './wire.ts';

/** How the names of the team red packet are sent; its pages teach them to the wire. */
export const TEAM_WIRE = {
  'public.teams': 'GET',
  'team.room': 'GET',
  'team.mine': 'GET',
  'team.open': 'again',
  'team.join': 'again',
  'team.openShare': 'again',
} as const satisfies { readonly [N in TeamName]: Sending<N> };
