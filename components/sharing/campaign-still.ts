import type { Locale } from '../../lib/messages/define.ts';
import { soonText } from '../../lib/messages/soon.ts';

/** What is known of a campaign wherever it is offered; moments in epoch ms. */
type Offered = {
  readonly state: 'ahead' | 'running' | 'paused' | 'over' | 'stopped';
  readonly opensAt: number;
  readonly isSoldOut: boolean;
  readonly campaign: { readonly endsAt: number };
};
type Words = {
  readonly [Word in 'stopped' | 'paused' | 'over' | 'gone']: string;
} & { readonly opensAt: (at: string) => string };

/** Why nobody can have anything of a campaign at `now`; null: anybody can. */
export function stillText({ state, opensAt, isSoldOut, campaign }: Offered, words: Words, now: number, locale: Locale) {
  if (state === 'stopped' || state === 'paused') return words[state];
  if (campaign.endsAt <= now) return words.over;
  if (opensAt > now) return words.opensAt(soonText(opensAt, now, locale));
  return isSoldOut ? words.gone : null;
}
