'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { inLocale, type Locale } from '../../lib/messages/define.ts';
import { studioMessages } from '../../lib/messages/studio.ts';
import { studioCampaignMessages } from '../../lib/messages/studio-campaign.ts';
import { studioCompareMessages } from '../../lib/messages/studio-compare.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Field, inputClass } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import type { StudioCampaign } from './campaigns-desk.tsx';
import { Counted, type CountedWord } from './counted.tsx';
import { DataTable } from './data-table.tsx';
import { countText, factorText, moneyText, partText, spanText } from './figure-words.ts';

type Compared = ValueNamed<'studio.compare'>['left'];
type Line = {
  readonly name: string;
  readonly counted: CountedWord;
  readonly left: string;
  readonly right: string;
  /** What their difference means. */
  readonly says: string;
};

/** Two campaigns, `?left=&right=`, beside each other: counts, money, and whether their rates differ at all. */
export function CompareDesk() {
  const words = useMessages(studioCompareMessages);
  const router = useRouter();
  const search = useSearchParams();
  const read = useStaffRead('studio.campaigns', {});
  const campaigns = read.value?.campaigns ?? [];
  const left = search.get('left') ?? '';
  const right = search.get('right') ?? '';
  const choose = (side: 'left' | 'right', id: string) => {
    const query = new URLSearchParams({ left, right, [side]: id });
    router.replace(`/studio/compare?${query}`, { scroll: false });
  };
  return (
    <>
      <h1 className="mb-3 text-22 font-semibold">{words.title}</h1>
      <StaffState read={read} isEmpty={campaigns.length < 2} empty={{ title: words.needTwo, text: '' }}>
        <div className="grid gap-3 desk:grid-cols-2">
          <Choice side="left" campaigns={campaigns} chosen={left} onChoose={(id) => choose('left', id)} />
          <Choice side="right" campaigns={campaigns} chosen={right} onChoose={(id) => choose('right', id)} />
        </div>
        {left !== '' && right !== '' && left !== right ? (
          <Comparison left={left} right={right} />
        ) : (
          <EmptyState emblem="lantern" title={words.same} />
        )}
      </StaffState>
    </>
  );
}

type ChoiceProps = {
  side: 'left' | 'right';
  campaigns: readonly StudioCampaign[];
  chosen: string;
  onChoose: (id: string) => void;
};

function Choice({ side, campaigns, chosen, onChoose }: ChoiceProps) {
  const words = useMessages(studioCompareMessages);
  const locale = useLocale();
  return (
    <Field id={side} label={words[side]}>
      <select id={side} value={chosen} onChange={(event) => onChoose(event.target.value)} className={inputClass}>
        <option value="">{words.choose}</option>
        {campaigns.map(({ id, name }) => (
          <option key={id} value={id}>
            {inLocale(name, locale)}
          </option>
        ))}
      </select>
    </Field>
  );
}

type AllWords = {
  readonly common: (typeof studioMessages)['zh-CN'];
  readonly campaign: (typeof studioCampaignMessages)['zh-CN'];
  readonly compare: (typeof studioCompareMessages)['zh-CN'];
};

function linesOf(left: Compared, right: Compared, { common, campaign, compare }: AllWords, locale: Locale): Line[] {
  const times = (a: number, b: number) => (b > 0 ? compare.more(factorText(a / b)) : common.none);
  const counts = (['links', 'opens', 'visitors', 'touched', 'joined', 'orders'] as const).map((name) => ({
    name: common[name],
    counted: name,
    left: countText(left.funnel[name]),
    right: countText(right.funnel[name]),
    says: times(left.funnel[name], right.funnel[name]),
  }));
  const sums = (
    [
      ['gmvFen', common.gmv],
      ['refundedFen', common.refunded],
      ['vestedFen', common.kept],
    ] as const
  ).map(([fact, name]) => ({
    name,
    counted: fact,
    left: moneyText(left.funnel[fact]),
    right: moneyText(right.funnel[fact]),
    says: times(left.funnel[fact], right.funnel[fact]),
  }));
  type Interval = { readonly low: number; readonly high: number };
  const overlap = (a: Interval, b: Interval) => (a.low <= b.high && b.low <= a.high ? compare.overlap : compare.apart);
  const rates = (
    [
      ['touched', 'rateTouched'],
      ['joined', 'rateJoined'],
      ['ordered', 'rateOrdered'],
      ['refunded', 'rateRefunded'],
    ] as const
  ).map(([rate, counted]) => {
    const [a, b] = [left.figures.rates[rate], right.figures.rates[rate]];
    const text = (one: typeof a) =>
      one.of === 0 ? common.none : `${partText(one.value)} (${partText(one.low)}–${partText(one.high)})`;
    const says = a.of > 0 && b.of > 0 ? overlap(a, b) : common.none;
    return { name: campaign[`rate_${rate}`], counted, left: text(a), right: text(b), says };
  });
  const kText = ({ value, low, high }: Compared['figures']['k']) =>
    value === null || low === null || high === null
      ? common.none
      : `${factorText(value)} (${factorText(low)}–${factorText(high)})`;
  const [a, b] = [left.figures.k, right.figures.k];
  const areKnown = a.low !== null && a.high !== null && b.low !== null && b.high !== null;
  const span = (ms: number | null) => (ms === null ? common.none : spanText(ms, locale));
  const halfLives = [left.figures.halfLife.ms, right.figures.halfLife.ms] as const;
  return [
    ...counts,
    ...sums,
    ...rates,
    {
      name: campaign.k,
      counted: 'k',
      left: kText(a),
      right: kText(b),
      says: areKnown ? overlap(a as Interval, b as Interval) : common.none,
    },
    {
      name: campaign.halfLife,
      counted: 'halfLife',
      left: span(halfLives[0]),
      right: span(halfLives[1]),
      says: halfLives[0] !== null && halfLives[1] ? times(halfLives[0], halfLives[1]) : common.none,
    },
  ];
}

function Comparison({ left, right }: { left: string; right: string }) {
  const words = useMessages(studioCompareMessages);
  const common = useMessages(studioMessages);
  const campaign = useMessages(studioCampaignMessages);
  const locale = useLocale();
  const read = useStaffRead('studio.compare', { left, right });
  const value = read.value;
  return (
    <div className="mt-4">
      <StaffState read={read} isEmpty={false} empty={{ title: '', text: '' }}>
        {value && (
          <DataTable
            label={words.table}
            rows={linesOf(value.left, value.right, { common, campaign, compare: words }, locale)}
            keyOf={({ name }) => name}
            columns={[
              {
                head: words.figure,
                cell: ({ name, counted }) => (
                  <span className="inline-flex items-center gap-1 font-medium">
                    {name}
                    <Counted of={counted} name={name} />
                  </span>
                ),
              },
              { head: inLocale(value.left.campaign.name, locale), isFigure: true, cell: (line) => line.left },
              { head: inLocale(value.right.campaign.name, locale), isFigure: true, cell: (line) => line.right },
              { head: words.table, cell: ({ says }) => <span className="text-ink-2">{says}</span> },
            ]}
          />
        )}
      </StaffState>
    </div>
  );
}
