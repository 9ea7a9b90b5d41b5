'use client';

import type { ReactNode } from 'react';
import type { OpsCoupon } from '../../lib/contracts/coupon.ts';
import type { OpsTeamCampaign } from '../../lib/contracts/ops-team.ts';
import { timeText } from '../staff/staff-words.ts';
import { useLocale } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';
import { BudgetBar } from './budget-bar.tsx';
import { CAMPAIGN_TONES } from './campaign-tones.ts';
import { FiguresGrid } from './figures-grid.tsx';
import { CampaignRefused, LawFaults, type Refusal } from './law-faults.tsx';
import { PauseNote } from './pause-note.tsx';

type State = OpsCoupon['state'];

/** What every campaign with frozen rules is behind the counter. */
export type RowCampaign = Pick<
  OpsTeamCampaign,
  'state' | 'isWithdrawn' | 'validFrom' | 'hash' | 'faults' | 'pause' | 'budgetFen'
> & {
  readonly figures: Parameters<typeof BudgetBar>[0]['figures'];
};

export type RowWords = { readonly [S in State as `state_${S}`]: string } & {
  readonly withdrawn: string;
  readonly rules: string;
  readonly rulesOf: (name: string) => string;
  readonly hash: string;
  readonly waitingText: string;
  readonly validFrom: (at: string) => string;
};

type CampaignRowProps = {
  campaign: RowCampaign;
  name: string;
  words: RowWords;
  actions: ReactNode;
  /** The campaign in one sentence, and its terms below. */
  lead: string;
  terms: readonly string[];
  figures: readonly (readonly [label: string, value: string])[];
  refusal: Refusal | null;
  onRules: () => void;
  onLift: () => void;
  /** What is asked for and not in force yet. */
  children?: ReactNode;
};

/** A campaign may be stopped: it is published, and has not ended. */
export function isLive(state: State): boolean {
  return state !== 'draft' && state !== 'over' && state !== 'stopped';
}

/** One campaign with frozen rules: its state, what it is, its money, what has become of it; what stands in its way. */
export function CampaignRow({ campaign, name, words, actions, lead, terms, figures, ...rest }: CampaignRowProps) {
  const locale = useLocale();
  const { state, validFrom } = campaign;
  return (
    <li className="rounded-card bg-card p-3 shadow-card">
      <div className="flex flex-wrap items-center gap-2">
        <Tag tone={CAMPAIGN_TONES[state]}>{campaign.isWithdrawn ? words.withdrawn : words[`state_${state}`]}</Tag>
        <h2 className="min-w-0 text-16 font-medium">{name}</h2>
        <div className="ml-auto flex flex-wrap justify-end gap-2">{actions}</div>
      </div>
      <p className="mt-1 text-14">{lead}</p>
      <p className="mb-2 text-14 text-ink-2">{terms.join(locale === 'zh-CN' ? '；' : '; ')}</p>
      <p className="mb-3 flex flex-wrap items-baseline gap-x-3 text-12 text-ink-2">
        <button
          type="button"
          aria-label={words.rulesOf(name)}
          onClick={rest.onRules}
          className="-my-2 min-h-11 text-14 text-lacquer underline underline-offset-4"
        >
          {words.rules}
        </button>
        {campaign.hash && (
          <span className="min-w-0 break-all">
            {words.hash} <span className="font-mono">{campaign.hash.slice(0, 16)}…</span>
          </span>
        )}
      </p>
      <LawFaults faults={campaign.faults} />
      {state === 'waiting' && <p className="mb-3 text-14">{words.waitingText}</p>}
      {state === 'delayed' && validFrom !== null && (
        <p className="mb-3 text-14">{words.validFrom(timeText(validFrom, locale))}</p>
      )}
      <PauseNote pause={campaign.pause} onLift={rest.onLift} />
      <BudgetBar budgetFen={campaign.budgetFen} figures={campaign.figures} />
      {state !== 'draft' && <FiguresGrid rows={figures} />}
      {rest.children}
      <CampaignRefused refusal={rest.refusal} />
    </li>
  );
}
