import type { ValueNamed } from '../../lib/contracts/named.ts';
import { termsOfGeneration } from '../../lib/domain/packet/campaign.ts';
import type { PacketSettings } from '../../lib/domain/packet/packet.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsPacketsMessages } from '../../lib/messages/ops-packets.ts';
import { timeText } from '../staff/staff-words.ts';
import { type Category, saysGoods } from './campaign-draft.ts';
import { SOLO_FEN } from './team-says.ts';

export type OpsPackets = ValueNamed<'ops.packets'>;
type Terms = Omit<PacketSettings, 'name'>;

/** What the first one is, and how far it grows. */
export function saysFirst(terms: Terms, locale: Locale): string {
  const { baseFen, stepFen, capFen, steps } = termsOfGeneration({ ...terms, name: { zh: '', en: '' } }, 1);
  return opsPacketsMessages[locale].sayFirst(yuanText(baseFen), yuanText(stepFen), yuanText(capFen), steps);
}

/** Friends, generations, times and goods, as sentences. */
export function saysTerms(terms: Terms, categories: readonly Category[], locale: Locale): string[] {
  const words = opsPacketsMessages[locale];
  const { generations, startsAt, endsAt, lifeHours } = terms;
  const guest = termsOfGeneration({ ...terms, name: { zh: '', en: '' } }, 2);
  return [
    ...(generations > 1
      ? [words.sayGuest(yuanText(guest.baseFen), yuanText(guest.stepFen), yuanText(guest.capFen))]
      : []),
    words.sayGenerations(generations),
    words.sayTimes(timeText(startsAt, locale), timeText(endsAt, locale), lifeHours),
    words.sayGoods(saysGoods(terms.scope, categories, locale)),
  ];
}

/** The whole campaign in plain language, with the most that it can cost. */
export function saysPacket(terms: Terms, categories: readonly Category[], locale: Locale): string[] {
  const words = opsPacketsMessages[locale];
  const { budgetFen } = terms;
  const { capFen } = termsOfGeneration({ ...terms, name: { zh: '', en: '' } }, 1);
  const spareFen = budgetFen % capFen;
  return [
    saysFirst(terms, locale),
    ...saysTerms(terms, categories, locale),
    words.worst(Math.floor(budgetFen / capFen).toLocaleString('en-US'), yuanText(budgetFen - spareFen)),
    ...(spareFen > 0 ? [words.budgetSpare(yuanText(spareFen))] : []),
    ...(budgetFen > SOLO_FEN ? [words.needsSecond(yuanText(SOLO_FEN))] : []),
  ];
}
