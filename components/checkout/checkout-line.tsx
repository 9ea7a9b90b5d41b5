'use client';

import type { Good } from '../../lib/client/goods.ts';
import type { LineProblem, PricedLine, WantedLine } from '../../lib/contracts/order.ts';
import { checkoutMessages } from '../../lib/messages/checkout.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { lineProblemSentence } from '../../lib/messages/line-problems.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Picture } from '../ui/picture.tsx';
import { Price } from '../ui/price.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Tag } from '../ui/tag.tsx';

type CheckoutLineProps = {
  line: WantedLine;
  good: Good | null;
  units: readonly PricedLine[];
  problem: LineProblem | null;
  onChange: (quantity: number) => void;
};

/** One line: what, how many, and at which prices; or why it cannot be had and what to do. */
export function CheckoutLine({ line, good, units, problem, onChange }: CheckoutLineProps) {
  const words = useMessages(checkoutMessages);
  const locale = useLocale();
  return (
    <li className="py-3">
      <div className="flex gap-3">
        <span className="size-18 shrink-0 overflow-hidden rounded-card">
          {good === null ? (
            <Skeleton className="size-18" />
          ) : (
            <Picture path={good.picture?.path ?? null} color={good.picture?.color} alt="" sizes="72px" />
          )}
        </span>
        <div className="min-w-0 flex-1">
          <p className="line-clamp-2 min-h-[1.5em] text-14">{good !== null && inLocale(good.title, locale)}</p>
          <p className="min-h-[1.5em] truncate text-12 text-ink-2">{good !== null && inLocale(good.choice, locale)}</p>
          {units.map((unit) => (
            <p
              key={`${unit.priceKind}${unit.unitFen}`}
              className="mt-1 flex flex-wrap items-center justify-between gap-x-2"
            >
              <PriceKind unit={unit} />
              <span className="ml-auto text-14">
                <Price fen={unit.unitFen} className="text-16 font-semibold" />
                <span className="figures ml-1 text-ink-2">{words.quantity(unit.quantity)}</span>
                {unit.discountFen > 0 && (
                  <span className="block text-right text-12 text-jade">
                    {words.lineOff} −¥{yuanText(unit.discountFen)}
                  </span>
                )}
              </span>
            </p>
          ))}
          {units.length === 0 && problem === null && <Skeleton className="mt-1 h-6 w-24" />}
        </div>
      </div>
      {problem !== null && (
        <div className="mt-2 flex flex-wrap items-center gap-2 rounded-card bg-lacquer-soft px-3 py-2">
          <p role="alert" className="flex flex-1 items-center gap-1.5 text-14 font-medium text-on-lacquer-soft">
            <Icon name="warning" className="size-4" />
            {lineProblemSentence(locale, problem)}
          </p>
          <Mend line={line} problem={problem} onChange={onChange} />
        </div>
      )}
    </li>
  );
}

/** The next step for a line that cannot be had as it is. */
function Mend({ line, problem, onChange }: Pick<CheckoutLineProps, 'line' | 'onChange'> & { problem: LineProblem }) {
  const words = useMessages(checkoutMessages);
  if (problem.code === 'not_open_yet') return null;
  const possible =
    problem.code === 'sold_out' ? (problem.left ?? 0) : Math.max(0, (problem.limit ?? 0) - (problem.owned ?? 0));
  const canMend = possible > 0 && possible < line.quantity;
  return (
    <Button look="quiet" size="s" onClick={() => onChange(canMend ? possible : 0)}>
      {canMend ? words.setToLeft(possible) : words.removeProblem}
    </Button>
  );
}

function PriceKind({ unit }: { unit: PricedLine }) {
  const words = useMessages(checkoutMessages);
  if (unit.priceKind === 'tier' && unit.tierUpTo !== null)
    return <Tag tone="won">{words.tierPrice(unit.tierUpTo)}</Tag>;
  if (unit.priceKind === 'session') return <Tag tone="act">{words.sessionPrice}</Tag>;
  return <Tag>{words.ordinaryPrice}</Tag>;
}
