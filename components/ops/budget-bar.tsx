'use client';

import { yuanText } from '../../lib/messages/money.ts';
import { opsCampaignsMessages } from '../../lib/messages/ops-campaigns.ts';
import { useMessages } from '../ui/locale.tsx';

type BudgetBarProps = {
  budgetFen: number;
  figures: {
    readonly leftFen: number;
    readonly reservedFen: number;
    readonly spentFen: number;
    readonly exposureFen: number;
  };
};

/** A campaign's money: spent, set aside for what is claimed, left; and the most that may still go. */
export function BudgetBar({ budgetFen, figures }: BudgetBarProps) {
  const words = useMessages(opsCampaignsMessages);
  const parts = [
    { name: words.spent, fen: figures.spentFen, color: 'bg-lacquer' },
    { name: words.reserved, fen: figures.reservedFen, color: 'bg-gold-shape' },
    { name: words.left, fen: figures.leftFen, color: 'bg-line' },
  ];
  return (
    <div>
      <div aria-hidden="true" className="flex h-2.5 overflow-hidden rounded-full bg-line">
        {parts.map(({ name, fen, color }) => (
          <span key={name} className={color} style={{ width: `${(fen * 100) / Math.max(1, budgetFen)}%` }} />
        ))}
      </div>
      <dl className="figures mt-2 flex flex-wrap gap-x-5 gap-y-1 text-14">
        <div className="flex items-baseline gap-1.5">
          <dt className="text-ink-2">{words.budget}</dt>
          <dd className="font-semibold">¥{yuanText(budgetFen)}</dd>
        </div>
        {parts.map(({ name, fen, color }) => (
          <div key={name} className="flex items-baseline gap-1.5">
            <dt className="flex items-center gap-1.5 text-ink-2">
              <span aria-hidden="true" className={`size-2.5 rounded-full border border-ink-3/40 ${color}`} />
              {name}
            </dt>
            <dd className="font-semibold">¥{yuanText(fen)}</dd>
          </div>
        ))}
      </dl>
      <p className="figures mt-1 text-14 text-ink-2">{words.exposure(yuanText(figures.exposureFen))}</p>
    </div>
  );
}
