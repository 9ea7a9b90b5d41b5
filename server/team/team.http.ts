import { teamJoin, teamMine, teamOpen, teamOpenShare, teamRoomRead, teamsRead } from '../../lib/contracts/team.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { shownName } from '../../lib/domain/team/team.ts';
import { type Context, handle, type Route } from '../platform/door.ts';
import { type Risk, refusedBy } from '../risk/service.ts';
import type { TeamService } from './service.ts';

type Rooms = {
  readonly teams: TeamService;
  readonly risk: Risk;
  /** Whether a code that names no team names a growing packet. */
  readonly isPacketCode: (code: string) => Promise<boolean>;
};

const nameFor = ({ person }: Context, isAgreed: boolean | undefined) =>
  shownName(person?.displayName ?? '', isAgreed === true);

/**
 * Opening and joining are decided first by the rules against fraud, which keep what they said under the command's key:
 * the share that comes of it is opened by that.
 */
function joining({ teams, risk, isPacketCode }: Rooms): Route[] {
  return [
    handle(teamOpen, async ({ key, campaignId, showName, device }, context) => {
      const { shopperId } = context;
      const open = () => teams.open({ shopperId, key, campaignId, name: nameFor(context, showName) });
      if (await teams.hasAnswered(shopperId, key)) return open();
      const asked = { mechanic: 'team', command: 'team.open', campaignId, shopperId, key, device } as const;
      const verdict = await risk.decide({ ...asked, caller: context });
      return verdict.kind === 'go' ? open() : refusedBy(verdict);
    }),

    handle(teamJoin, async ({ key, code, showName, device, work }, context) => {
      const { shopperId } = context;
      const join = () => teams.join({ shopperId, key, code, name: nameFor(context, showName) });
      if (await teams.hasAnswered(shopperId, key)) return join();
      const [usedUp, tooOften, about] = await Promise.all([
        risk.codesUsedUp(shopperId),
        risk.pace('join', shopperId),
        teams.about(code, shopperId),
      ]);
      const stopped = usedUp ?? tooOften;
      if (stopped) return refusedBy(stopped);
      if (!about) {
        if (await isPacketCode(code)) return refuse({ code: 'packet_code' });
        await risk.wrongCode(shopperId);
        return refuse({ code: 'unknown_team' });
      }
      const { campaignId, leaderId: invitedBy } = about;
      const asked = { mechanic: 'team', command: 'team.join', campaignId, invitedBy, device, work } as const;
      const verdict = await risk.decide({ ...asked, shopperId, key, caller: context });
      return verdict.kind === 'go' ? join() : refusedBy(verdict);
    }),

    handle(teamOpenShare, async ({ key, teamId }, { shopperId }) => {
      const verdict = await risk.holdOfShare({ shopperId, teamId, key });
      if (verdict.kind === 'go') return teams.openShare({ shopperId, key, teamId, hold: verdict.hold });
      const { refusal } = verdict;
      return refusal.code === 'risk_blocked' ? refuse(refusal) : refuse({ code: 'team_campaign_stopped' });
    }),
  ];
}

export function teamRoutes(rooms: Rooms): Route[] {
  const { teams, isPacketCode } = rooms;
  return [
    handle(teamsRead, async () => accept(await teams.running())),
    handle(teamRoomRead, async ({ code }, { shopperId }) => {
      const answer = await teams.room(code, shopperId);
      return !answer.ok && (await isPacketCode(code)) ? refuse({ code: 'packet_code' }) : answer;
    }),
    handle(teamMine, async (_request, { shopperId }) => accept(await teams.mine(shopperId))),
    ...joining(rooms),
  ];
}
