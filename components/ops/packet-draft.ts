import type { RequestNamed } from '../../lib/contracts/named.ts';
import type { OpsPacketCampaign } from '../../lib/contracts/ops-packet.ts';
import { parseYuan, yuanInput } from '../../lib/domain/money/parse-yuan.ts';
import { type PacketFault, packetSettingsFault } from '../../lib/domain/packet/campaign.ts';
import { GENERATIONS_MAX } from '../../lib/domain/packet/packet.ts';
import { DAY_MS, HOUR_MS } from '../../lib/domain/time.ts';
import { fromBeijingInput, toBeijingInput } from '../../lib/domain/venue/beijing-time.ts';
import { type CampaignDraft, campaignFacts, campaignFaults, campaignIn, newCampaign } from './campaign-draft.ts';

export type SavePacket = RequestNamed<'ops.savePacketCampaign'>;

/** What is typed, as it is typed. */
export type PacketDraft = CampaignDraft & {
  readonly base: string;
  /** Hundredths of the base. */
  readonly guest: string;
  readonly step: string;
  /** Times the base. */
  readonly cap: string;
  readonly generations: string;
  readonly life: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly budget: string;
};

export type PacketFaults = Readonly<Record<'name' | 'scope' | 'amounts' | 'generations' | 'times' | 'budget', boolean>>;

export function newPacket(nowMs: number, id: string): PacketDraft {
  const startsAt = Math.ceil(nowMs / HOUR_MS) * HOUR_MS;
  return {
    ...newCampaign(id),
    base: '5',
    guest: '50',
    step: '10',
    cap: '2',
    generations: '3',
    life: '72',
    startsAt: toBeijingInput(startsAt),
    endsAt: toBeijingInput(startsAt + 7 * DAY_MS),
    budget: '',
  };
}

/** A draft that was saved, back in its boxes. */
export function packetIn(packet: OpsPacketCampaign): PacketDraft {
  return {
    ...campaignIn(packet),
    base: yuanInput(packet.baseFen),
    guest: String(packet.guestPermille / 10),
    step: String(packet.stepPermille / 10),
    cap: String(packet.capPermille / 1000),
    generations: String(packet.generations),
    life: String(packet.lifeHours),
    startsAt: toBeijingInput(packet.startsAt),
    endsAt: toBeijingInput(packet.endsAt),
    budget: yuanInput(packet.budgetFen),
  };
}

const isFrom = (value: number, min: number, max: number) => value >= min && value <= max;

/** `12.5` of `per` 10 → 125; NaN for what is no number, or finer than a thousandth. */
function scaled(text: string, per: number): number {
  const typed = text.trim();
  const value = /^\d{1,6}(?:\.\d{1,3})?$/.test(typed) ? Math.round(Number(typed) * per * 1000) / 1000 : Number.NaN;
  return Number.isInteger(value) ? value : Number.NaN;
}

/** Where a fault of the numbers together is shown. */
const PLACE: Readonly<Record<PacketFault, keyof PacketFaults>> = {
  not_a_number: 'amounts',
  too_small_to_grow: 'amounts',
  times_wrong: 'times',
  budget_too_small: 'budget',
};

/** What would be sent, and what is wrong with it, by place. */
export function packetRequest(draft: PacketDraft, nowMs: number): { request: SavePacket | null; faults: PacketFaults } {
  const settings = {
    baseFen: parseYuan(draft.base) ?? Number.NaN,
    guestPermille: scaled(draft.guest, 10),
    stepPermille: scaled(draft.step, 10),
    capPermille: scaled(draft.cap, 1000),
    generations: scaled(draft.generations, 1),
    lifeHours: scaled(draft.life, 1),
    budgetFen: parseYuan(draft.budget) ?? Number.NaN,
    startsAt: fromBeijingInput(draft.startsAt) ?? Number.NaN,
    endsAt: fromBeijingInput(draft.endsAt) ?? Number.NaN,
  };
  const request = { ...campaignFacts(draft), ...settings };
  const alone: PacketFaults = {
    ...campaignFaults(draft),
    amounts:
      !(settings.baseFen > 0) ||
      !isFrom(settings.guestPermille, 1, 1000) ||
      !isFrom(settings.stepPermille, 1, 1000) ||
      !isFrom(settings.capPermille, 1001, 5000),
    generations: !isFrom(settings.generations, 1, GENERATIONS_MAX) || !isFrom(settings.lifeHours, 1, 168),
    times: !(settings.endsAt > settings.startsAt) || !(settings.endsAt > nowMs),
    budget: !(settings.budgetFen > 0),
  };
  // Numbers that are none are told first: together they would be wrong in any case.
  const areNumbers = !alone.amounts && !alone.generations && !alone.times && !alone.budget;
  const together = areNumbers ? packetSettingsFault(request, nowMs) : null;
  const faults = together ? { ...alone, [PLACE[together]]: true } : alone;
  return { request: Object.values(faults).some(Boolean) ? null : request, faults };
}
