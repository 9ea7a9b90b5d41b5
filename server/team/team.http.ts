import { teamJoin, teamMine, teamOpen, teamOpenShare, teamRoomRead, teamsRead } from '../../lib/contracts/team.ts';
import { accept } from '../../lib/domain/result.ts';
import { shownName } from '../../lib/domain/team/team.ts';
import { type Context, handle, type Route } from '../platform/door.ts';
import type { TeamService } from './service.ts';

const nameFor = ({ person }: Context, isAgreed: boolean | undefined) =>
  shownName(person?.displayName ?? '', isAgreed === true);

export function teamRoutes({ teams }: { teams: TeamService }): Route[] {
  return [
    handle(teamsRead, async () => accept(await teams.running())),
    handle(teamRoomRead, ({ code }, { shopperId }) => teams.room(code, shopperId)),
    handle(teamMine, async (_request, { shopperId }) => accept(await teams.mine(shopperId))),
    handle(teamOpen, ({ key, campaignId, showName }, context) =>
      teams.open({ shopperId: context.shopperId, key, campaignId, name: nameFor(context, showName) }),
    ),
    handle(teamJoin, ({ key, code, showName }, context) =>
      teams.join({ shopperId: context.shopperId, key, code, name: nameFor(context, showName) }),
    ),
    handle(teamOpenShare, ({ key, teamId }, { shopperId }) => teams.openShare({ shopperId, key, teamId })),
  ];
}
