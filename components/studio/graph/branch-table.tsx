'use client';

import { useMemo, useState } from 'react';
import { childrenOf, pathTo } from '../../../lib/domain/sharing/spread-tree.ts';
import { studioMessages } from '../../../lib/messages/studio.ts';
import { studioGraphMessages } from '../../../lib/messages/studio-graph.ts';
import { Button } from '../../ui/button.tsx';
import { inputClass } from '../../ui/field.tsx';
import { useMessages } from '../../ui/locale.tsx';
import { DataTable } from '../data-table.tsx';
import { countText, moneyText } from '../figure-words.ts';
import type { SpreadModel } from './spread-model.ts';

const SORTS = ['below', 'visitors', 'revenue', 'time'] as const;
type Sort = (typeof SORTS)[number];
const STEP = 20;

/** What a link is measured by in this order; more comes first, of time the earlier. */
function weightOf({ spread, columns }: SpreadModel, sort: Sort, node: number): number {
  if (sort === 'below') return spread.below[node] ?? 0;
  if (sort === 'visitors') return columns.visitors[node] ?? 0;
  if (sort === 'revenue') return columns.revenueFen[node] ?? 0;
  return -(columns.createdAt[node] ?? 0);
}

/**
 * The picture as a table, for the keyboard and for those who do not see it: where one stands, what was shared on from
 * there, and the way further down or up. `node` −1: the beginnings of all trees.
 */
export function BranchTable({
  model,
  node,
  onChoose,
}: {
  model: SpreadModel;
  node: number;
  onChoose: (node: number | null) => void;
}) {
  const words = useMessages(studioGraphMessages);
  const common = useMessages(studioMessages);
  const [sort, setSort] = useState<Sort>('below');
  const [shown, setShown] = useState({ node, count: STEP });
  if (shown.node !== node) setShown({ node, count: STEP });
  const { spread, columns } = model;
  const children = useMemo(
    () => childrenOf(spread, node).toSorted((a, b) => weightOf(model, sort, b) - weightOf(model, sort, a) || a - b),
    [model, spread, node, sort],
  );
  const nameOf = (one: number) => model.nameOf(one, common.shop);
  const title = node === -1 ? words.roots : words.below;
  const left = children.length - shown.count;
  return (
    <section aria-label={title}>
      {node !== -1 && (
        <nav aria-label={words.path} className="mb-1">
          <ol className="flex flex-wrap items-center gap-x-1 text-14">
            <li>
              <Step name={words.top} onChoose={() => onChoose(null)} />
            </li>
            {pathTo(spread, node).map((one) => (
              <li key={one} className="flex min-w-0 items-center gap-1">
                <span aria-hidden="true">›</span>
                {one === node ? (
                  <span aria-current="page" className="font-semibold">
                    {nameOf(one)}
                  </span>
                ) : (
                  <Step name={nameOf(one)} onChoose={() => onChoose(one)} />
                )}
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className="mb-2 flex items-center gap-2">
        <h3 className="min-w-0 flex-1 text-16 font-semibold">
          {title} <span className="figures font-normal text-ink-2">{countText(children.length)}</span>
        </h3>
        <select
          aria-label={words.sort}
          value={sort}
          onChange={(event) => setSort(event.target.value as Sort)}
          className={`${inputClass} w-auto! text-14!`}
        >
          {SORTS.map((one) => (
            <option key={one} value={one}>
              {words[`sort_${one}`]}
            </option>
          ))}
        </select>
      </div>
      {children.length === 0 ? (
        <p className="rounded-card bg-card p-4 text-14 text-ink-2 shadow-card">{words.noBelow}</p>
      ) : (
        <DataTable
          label={title}
          rows={children.slice(0, shown.count)}
          keyOf={(one) => columns.code[one] ?? one}
          columns={[
            { head: words.node, cell: (one) => <Step name={nameOf(one)} onChoose={() => onChoose(one)} /> },
            { head: words.sort_below, isFigure: true, cell: (one) => countText((spread.below[one] ?? 1) - 1) },
            { head: common.visitors, isFigure: true, cell: (one) => countText(columns.visitors[one] ?? 0) },
            { head: words.sort_revenue, isFigure: true, cell: (one) => moneyText(columns.revenueFen[one] ?? 0) },
          ]}
        />
      )}
      {left > 0 && (
        <Button
          look="quiet"
          size="s"
          wide
          className="mt-2"
          onClick={() => setShown({ node, count: shown.count + STEP })}
        >
          {words.rowMore(countText(Math.min(STEP, left)))}
        </Button>
      )}
    </section>
  );
}

function Step({ name, onChoose }: { name: string; onChoose: () => void }) {
  return (
    <button
      type="button"
      onClick={onChoose}
      className="tap max-w-40 truncate text-left text-lacquer underline underline-offset-4"
    >
      {name}
    </button>
  );
}
