import { randomUUID } from 'node:crypto';
import type { AnswerOf } from '../../lib/contracts/contract.ts';
import type {
  PacketCampaignFrozen,
  packetAccept,
  packetIssue,
  packetPage,
  packetVisit,
} from '../../lib/contracts/packet.ts';
import type { PacketCommand, PacketRefusal } from '../../lib/domain/packet/books.ts';
import { termsFor } from '../../lib/domain/packet/packet.ts';
import type { CouponHold } from '../../lib/domain/promo/coupon.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { againIfRaced, type Database, isUnavailable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { openSequencer, QueueFull } from '../platform/sequencer.ts';
import { isShareCode, makeShareCode } from '../platform/share-code.ts';
import { campaignStateAt, opensAtOf } from '../promo/campaigns.ts';
import { databaseNow } from '../promo/coupon-rows.ts';
import { aboutPacket, type PendingVisit, pendingVisits } from './about.ts';
import { listRunning } from './campaign-rows.ts';
import { listMine, readOwnOf } from './own-packets.ts';
import { pictureOf, readCampaigns, readPackets } from './packet-rows.ts';
import { type PacketOutcome, settlePacketCommands } from './settle-commands.ts';

type Asking = { readonly shopperId: string; readonly key: string; readonly name: string | null };
type Made = Asking & { readonly hold: CouponHold | null };
type Visit = Asking & {
  readonly code: string;
  readonly isVerified: boolean;
  readonly mayVest?: boolean;
  readonly stayedMs: number;
  readonly touched: boolean;
};
type Done = Extract<PacketOutcome, { kind: 'done' }>;
type Answer<R> =
  | { readonly ok: true; readonly value: Omit<Done, 'kind'> }
  | { readonly ok: false; readonly refusal: R | { code: 'key_reused' } | { code: 'try_later'; retryAfterMs: number } };

type PacketDeps = {
  readonly db: Database;
  /** Asked before a visit makes its owner's packet grow; who may not yet is asked about again by the worker. */
  readonly mayVest?: (visit: PendingVisit) => Promise<boolean>;
};

/** Growing packets as shoppers meet them: what runs, issuing, taking one from a shared one, visiting, the page. */
export function packetService({ db, mayVest = async () => true }: PacketDeps) {
  const sequencer = openSequencer<PacketCommand, PacketOutcome>({
    settle: (batch) => againIfRaced(() => settlePacketCommands(db, batch)),
    // A person's commands one after the other: the same key twice is one, and each sees what those before it made.
    keyOf: ({ shopperId }) => shopperId,
    ...LIMITS.sequencer,
    isEverybodys: isUnavailable,
  });

  const fresh = () => ({ packetId: `cpn_${randomUUID()}`, code: makeShareCode() });

  async function ask<R extends PacketRefusal>(command: PacketCommand): Promise<Answer<R>> {
    let outcome: PacketOutcome;
    try {
      outcome = await sequencer.submit(command);
    } catch (error) {
      if (isUnavailable(error)) return refuse({ code: 'try_later', retryAfterMs: 2_000 });
      if (error instanceof QueueFull) return refuse({ code: 'try_later', retryAfterMs: error.retryAfterMs });
      throw error;
    }
    switch (outcome.kind) {
      case 'done': {
        const { now, packet, own, isReplay } = outcome;
        return accept({ now, packet, own, isReplay });
      }
      case 'refused':
        return refuse(outcome.refusal as R);
      default:
        return refuse({ code: 'key_reused' });
    }
  }

  /**
   * Looks at what waits for this person to be verified: his one step of each campaign vests, if it can. What cannot be
   * looked at now, the worker does.
   */
  async function vest(personId: string): Promise<void> {
    for (const visit of await pendingVisits(db, personId)) if (!(await mayVest(visit))) return;
    await sequencer.submit({ kind: 'vest', shopperId: personId, key: randomUUID() });
  }

  return {
    drain: () => sequencer.drain(),
    vest,
    about: (code: string) => (isShareCode(code) ? aboutPacket(db, code) : Promise.resolve(null)),

    async running() {
      const now = await databaseNow(db);
      return { now, campaigns: await listRunning(db, now) };
    },

    mine: (shopperId: string) => listMine(db, shopperId),

    issue(asking: Made & { campaignId: string }): Promise<AnswerOf<typeof packetIssue>> {
      return ask({ kind: 'issue', ...asking, fresh: fresh() });
    },

    async accept(asking: Made & { code: string; mayVest?: boolean }): Promise<AnswerOf<typeof packetAccept>> {
      if (!isShareCode(asking.code)) return refuse({ code: 'unknown_packet' });
      return ask({ kind: 'accept', ...asking, fresh: fresh() });
    },

    async visit(asking: Visit): Promise<AnswerOf<typeof packetVisit>> {
      return isShareCode(asking.code) ? ask({ kind: 'visit', ...asking }) : refuse({ code: 'unknown_packet' });
    },

    /** One packet for whoever asks; `shopperId` is empty while there is nobody. */
    async page(code: string, shopperId: string): Promise<AnswerOf<typeof packetPage>> {
      const [packet] = await readPackets(db, isShareCode(code) ? [code] : []);
      const known = packet && (await readCampaigns(db, [packet.campaignId])).get(packet.campaignId);
      if (!packet || !known) return refuse({ code: 'unknown_packet' });
      const now = await databaseNow(db);
      const { campaign, hash, raisedFen, validFrom, leftFen } = known;
      const visitor = termsFor(campaign, packet.generation + 1);
      return accept({
        now,
        packet: pictureOf(packet, now),
        own: await readOwnOf(db, packet, shopperId, now),
        campaign: campaign as PacketCampaignFrozen,
        hash,
        raisedFen,
        campaignState: campaignStateAt(known, campaign, now),
        opensAt: opensAtOf(campaign.startsAt, validFrom),
        visitor,
        isBudgetGone: leftFen < (visitor?.capFen ?? 0),
      });
    },
  };
}

export type PacketService = ReturnType<typeof packetService>;
