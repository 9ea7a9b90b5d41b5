import {
  packetAccept,
  packetIssue,
  packetMine,
  packetPage,
  packetsRead,
  packetVisit,
} from '../../lib/contracts/packet.ts';
import { accept } from '../../lib/domain/result.ts';
import { shownName } from '../../lib/domain/team/team.ts';
import { type Context, handle, type Route } from '../platform/door.ts';
import type { PacketService } from './service.ts';

/** Whoever asks for a reward or makes one grow comes by here: the one place that says in whose name, and as what. */
function asking({ person, shopperId }: Context, { key, showName }: { key: string; showName?: boolean | undefined }) {
  return { shopperId, key, name: shownName(person?.displayName ?? '', showName === true) };
}

export function packetRoutes({ packets }: { packets: PacketService }): Route[] {
  return [
    handle(packetsRead, async () => accept(await packets.running())),
    handle(packetPage, ({ code }, { shopperId }) => packets.page(code, shopperId)),
    handle(packetMine, async (_request, { shopperId }) => accept(await packets.mine(shopperId))),
    handle(packetIssue, (request, context) =>
      packets.issue({ ...asking(context, request), hold: null, campaignId: request.campaignId }),
    ),
    handle(packetAccept, (request, context) =>
      packets.accept({ ...asking(context, request), hold: null, code: request.code }),
    ),
    handle(packetVisit, (request, context) => {
      const { code, stayedMs, touched } = request;
      const isVerified = context.person?.isVerified === true;
      return packets.visit({ ...asking(context, request), code, stayedMs, touched, isVerified });
    }),
  ];
}
