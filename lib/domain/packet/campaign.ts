import { frozenText } from '../frozen.ts';
import { sha256Hex } from '../sha256.ts';
import {
  CAP_PERMILLE_MAX,
  GENERATIONS_MAX,
  type GenerationTerms,
  type PacketCampaign,
  type PacketSettings,
  STAY_MS,
} from './packet.ts';

/** What makes numbers no campaign at all; whether the law allows it is another question. */
export type PacketFault = 'not_a_number' | 'too_small_to_grow' | 'times_wrong' | 'budget_too_small';

const FEN_MAX = 20_000_000;
const isWhole = (value: number, min: number, max: number) =>
  Number.isSafeInteger(value) && value >= min && value <= max;

function areNumbers(settings: PacketSettings): boolean {
  return (
    isWhole(settings.baseFen, 1, FEN_MAX) &&
    isWhole(settings.guestPermille, 1, 1_000) &&
    isWhole(settings.stepPermille, 1, 1_000) &&
    isWhole(settings.capPermille, 1_001, CAP_PERMILLE_MAX) &&
    isWhole(settings.generations, 1, GENERATIONS_MAX) &&
    isWhole(settings.lifeHours, 1, 168) &&
    isWhole(settings.budgetFen, 1, 1_000_000_000_000)
  );
}

/**
 * What packets of a generation are. Thousandths are rounded down to the fen, for the base of a guest too: nobody is
 * promised a part of a fen.
 */
export function termsOfGeneration(settings: PacketSettings, generation: number): GenerationTerms {
  const { guestPermille, stepPermille, capPermille } = settings;
  const of = (fen: number, permille: number) => Math.floor((fen * permille) / 1000);
  const baseFen = generation === 1 ? settings.baseFen : of(settings.baseFen, guestPermille);
  const stepFen = of(baseFen, stepPermille);
  const capFen = of(baseFen, capPermille);
  return { generation, baseFen, stepFen, capFen, steps: stepFen > 0 ? Math.ceil((capFen - baseFen) / stepFen) : 0 };
}

const termsOf = (settings: PacketSettings) =>
  Array.from({ length: settings.generations }, (_, at) => termsOfGeneration(settings, at + 1));

/** Every generation has a base, and a step that is at least a fen and leads somewhere. */
const canGrow = (settings: PacketSettings) =>
  termsOf(settings).every(({ baseFen, stepFen, capFen }) => baseFen > 0 && stepFen > 0 && capFen > baseFen);

/** What is wrong with settings; null when they make a campaign that can run at `now` or later. */
export function packetSettingsFault(settings: PacketSettings, now: number): PacketFault | null {
  if (!areNumbers(settings)) return 'not_a_number';
  if (!canGrow(settings)) return 'too_small_to_grow';
  if (settings.endsAt <= settings.startsAt || settings.endsAt <= now) return 'times_wrong';
  return settings.budgetFen < termsOfGeneration(settings, 1).capFen ? 'budget_too_small' : null;
}

/** The object that is frozen at publication. @throws RangeError for settings that have a fault of numbers */
export function packetCampaignOf(id: string, settings: PacketSettings): PacketCampaign {
  if (!areNumbers(settings) || !canGrow(settings)) throw new RangeError('No campaign can be made of this');
  const { name, baseFen, guestPermille, stepPermille, capPermille, generations, lifeHours } = settings;
  const { scope, budgetFen, startsAt, endsAt } = settings;
  return {
    id,
    name: { zh: name.zh, en: name.en },
    ...{ baseFen, guestPermille, stepPermille, capPermille, generations, lifeHours },
    ...{ scope, budgetFen, startsAt, endsAt },
    stayMs: STAY_MS,
    terms: termsOf(settings),
  };
}

/** The most that one packet can ever be worth; reserved for each at issue by its own terms. */
export const mostPacketFen = ({ terms }: Pick<PacketCampaign, 'terms'>): number =>
  Math.max(...terms.map(({ capFen }) => capFen));

/** The text that is hashed and kept. */
export const packetCampaignText = (campaign: PacketCampaign): string => frozenText(campaign);

/** SHA-256 of the text, hexadecimal. */
export const packetCampaignHash = (campaign: PacketCampaign): string => sha256Hex(packetCampaignText(campaign));
