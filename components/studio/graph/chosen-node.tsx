'use client';

import { Suspense, useMemo, useState } from 'react';
import { branchSum } from '../../../lib/domain/sharing/spread-tree.ts';
import { studioMessages } from '../../../lib/messages/studio.ts';
import { studioGraphMessages } from '../../../lib/messages/studio-graph.ts';
import { timeText } from '../../staff/staff-words.ts';
import { Button } from '../../ui/button.tsx';
import { late } from '../../ui/late.ts';
import { useLocale, useMessages } from '../../ui/locale.tsx';
import { countText, moneyText } from '../figure-words.ts';
import type { SpreadModel } from './spread-model.ts';

const LinkPanel = late(() => import('../link-made.tsx').then((module) => module.LinkPanel));

/** One link of the picture and its branch, in numbers. */
export function ChosenNode({ model, node, onClear }: { model: SpreadModel; node: number; onClear: () => void }) {
  const words = useMessages(studioGraphMessages);
  const common = useMessages(studioMessages);
  const locale = useLocale();
  const [isShown, setShown] = useState(false);
  const { spread, columns } = model;
  const branch = useMemo(
    () => ({
      visitors: branchSum(spread, node, columns.visitors),
      orders: branchSum(spread, node, columns.orders),
      revenueFen: branchSum(spread, node, columns.revenueFen),
    }),
    [spread, columns, node],
  );
  const facts = [
    [words.madeAt, timeText(model.madeAt(node), locale)],
    [common.visitors, countText(columns.visitors[node] ?? 0)],
    [common.orders, countText(columns.orders[node] ?? 0)],
    [common.revenue, moneyText(columns.revenueFen[node] ?? 0)],
    [words.branch, countText((spread.below[node] ?? 1) - 1)],
    [words.branchVisitors, countText(branch.visitors)],
    [words.branchOrders, countText(branch.orders)],
    [words.branchRevenue, moneyText(branch.revenueFen)],
  ] as const;
  return (
    <section aria-label={words.chosen} className="rounded-card border border-lacquer bg-card p-3">
      <div className="flex items-center gap-2">
        <h3 aria-live="polite" className="min-w-0 flex-1 truncate text-16 font-semibold">
          {model.nameOf(node, common.shop)}
          <span className="ml-2 text-12 font-normal text-ink-2">{common.generation(spread.generation[node] ?? 0)}</span>
        </h3>
        <Button look="quiet" size="s" onClick={onClear}>
          {words.clear}
        </Button>
      </div>
      <dl className="figures mt-2 grid grid-cols-2 gap-x-4 gap-y-1 text-14">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-12 text-ink-2">{name}</dt>
            <dd className="font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
      <Button look="quiet" size="s" className="mt-3" onClick={() => setShown(true)}>
        {words.openLink}
      </Button>
      <Suspense>
        {isShown && (
          <LinkPanel url={new URL(`/s/${columns.code[node]}`, location.origin).href} onClose={() => setShown(false)} />
        )}
      </Suspense>
    </section>
  );
}
