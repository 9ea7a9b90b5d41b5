import {
  packetAccept,
  packetIssue,
  packetMine,
  packetPage,
  packetsRead,
  packetVisit,
} from '../../lib/contracts/packet.ts';
import type { CouponHold } from '../../lib/domain/promo/coupon.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { shownName } from '../../lib/domain/team/team.ts';
import { type Context, handle, type Route } from '../platform/door.ts';
import { type Risk, refusedBy } from '../risk/service.ts';
import type { PacketService } from './service.ts';

/** Whoever asks for a reward or makes one grow comes by here: the one place that says in whose name, and as what. */
function asking({ person, shopperId }: Context, { key, showName }: { key: string; showName?: boolean | undefined }) {
  return { shopperId, key, name: shownName(person?.displayName ?? '', showName === true) };
}

type Rooms = {
  readonly packets: PacketService;
  readonly risk: Risk;
  /** Whether a code that names no packet names a team. */
  readonly isTeamCode: (code: string) => Promise<boolean>;
};

/** Packets are made once the rules against fraud have looked; a packet that is held is a coupon that is. */
function making(rooms: Rooms): Route[] {
  const { packets, risk } = rooms;
  return [
    handle(packetIssue, async (request, context) => {
      const { key, campaignId, device } = request;
      const issue = (hold: CouponHold | null) => packets.issue({ ...asking(context, request), hold, campaignId });
      if (await risk.isAnswered(context.shopperId, key)) return issue(null);
      const asked = { mechanic: 'packet', command: 'packet.issue', campaignId, key, device } as const;
      const verdict = await risk.decide({ ...asked, shopperId: context.shopperId, caller: context });
      return verdict.kind === 'go' ? issue(verdict.hold) : refusedBy(verdict);
    }),

    handle(packetAccept, async (request, context) => {
      const { key, code, device, work } = request;
      const { shopperId } = context;
      const take = (hold: CouponHold | null, mayVest = false) =>
        packets.accept({ ...asking(context, request), hold, code, mayVest });
      if (await risk.isAnswered(shopperId, key)) return take(null);
      const found = await known(rooms, code, shopperId);
      if (!found.ok) return found;
      const { campaignId, ownerId: invitedBy } = found.value;
      const asked = { mechanic: 'packet', command: 'packet.accept', campaignId, invitedBy, key, device, work } as const;
      const verdict = await risk.decide({ ...asked, shopperId, caller: context });
      if (verdict.kind !== 'go') return refusedBy(verdict);
      return take(verdict.hold, await risk.mayVest({ personId: shopperId, campaignId, ownerId: invitedBy }));
    }),
  ];
}

/** The packet that a code names; a person who tries many that there are not waits. */
async function known({ packets, risk, isTeamCode }: Rooms, code: string, shopperId: string) {
  const tooMany = await risk.codesUsedUp(shopperId);
  if (tooMany) return refusedBy(tooMany);
  const about = await packets.about(code);
  if (about) return accept(about);
  if (await isTeamCode(code)) return refuse({ code: 'team_code' });
  await risk.wrongCode(shopperId);
  return refuse({ code: 'unknown_packet' });
}

export function packetRoutes(rooms: Rooms): Route[] {
  const { packets, risk, isTeamCode } = rooms;
  return [
    handle(packetsRead, async () => accept(await packets.running())),
    handle(packetPage, async ({ code }, { shopperId }) => {
      const answer = await packets.page(code, shopperId);
      return !answer.ok && (await isTeamCode(code)) ? refuse({ code: 'team_code' }) : answer;
    }),
    handle(packetMine, async (_request, { shopperId }) => accept(await packets.mine(shopperId))),
    ...making(rooms),
    handle(packetVisit, async (request, context) => {
      const { key, code, stayedMs, touched, device, work } = request;
      const { shopperId, person } = context;
      const found = await known(rooms, code, shopperId);
      if (!found.ok) return found;
      const { campaignId, ownerId } = found.value;
      // Looking at one's own packet helps nobody, and is told so.
      if (ownerId !== shopperId) {
        const asked = { mechanic: 'packet', command: 'packet.visit', campaignId, key, device, work } as const;
        const stopped = await risk.beforeVisit({ ...asked, shopperId, caller: context });
        if (stopped) return refusedBy(stopped);
      }
      const isVerified = person?.isVerified === true;
      const visit = { personId: shopperId, campaignId, ownerId };
      const mayVest = isVerified && ownerId !== shopperId && (await risk.mayVest(visit));
      return packets.visit({ ...asking(context, request), code, stayedMs, touched, isVerified, mayVest });
    }),
  ];
}
