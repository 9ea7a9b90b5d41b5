'use client';

import type { ReactNode } from 'react';
import type { OpsOrderGroup } from '../../lib/contracts/ops-risk.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsOrderGroupsMessages } from '../../lib/messages/ops-order-groups.ts';
import { opsRiskMessages } from '../../lib/messages/ops-risk.ts';
import { timeText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';

type RiskOrderGroupsProps = {
  groups: readonly OpsOrderGroup[];
  /** All of them; the list may be cut. */
  waiting: number;
  onOpen: (group: OpsOrderGroup) => void;
};

/** Orders that wait for one decision a group before they are packed, those first in which most is at stake. */
export function RiskOrderGroups({ groups, waiting, onOpen }: RiskOrderGroupsProps) {
  const words = opsOrderGroupsMessages[useLocale()];
  return (
    <section>
      <h2 className="text-16 font-semibold">{words.title(waiting)}</h2>
      <p className="mb-2 text-14 text-ink-2">{words.text}</p>
      {groups.length === 0 ? (
        <p className="rounded-card bg-card p-3 text-14 text-ink-2 shadow-card">{words.empty}</p>
      ) : (
        <ul className="flex flex-col gap-3">
          {groups.map((group) => (
            <li key={group.id} className="rounded-card bg-card p-3 shadow-card">
              <OrderGroupFacts group={group}>
                <Button look="quiet" size="s" className="ml-auto" onClick={() => onOpen(group)}>
                  {words.act}
                </Button>
              </OrderGroupFacts>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** What the orders have in common, how many people and how much money; nobody can be recognised by it. */
export function OrderGroupFacts({ group, children }: { group: OpsOrderGroup; children?: ReactNode }) {
  const locale = useLocale();
  const words = opsOrderGroupsMessages[locale];
  const {
    why,
    people,
    newcomers,
    refusedBefore,
    takenFen,
    orders,
    campaign,
    mechanic,
    totalFen,
    rewardFen,
    openedAt,
    heldUntil,
  } = group;
  const who = [
    words.people(people),
    newcomers > 0 && words.newcomers(newcomers),
    refusedBefore > 0 && words.refusedBefore(refusedBefore),
    words.orders(orders.length),
  ].filter(Boolean);
  const facts = [
    campaign === null ? opsRiskMessages[locale][`mechanic_${mechanic}`] : inLocale(campaign, locale),
    words.opened(timeText(openedAt, locale)),
    words.until(timeText(heldUntil, locale)),
  ];
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Tag tone="won">{words[`why_${why}`]}</Tag>
        <p className="figures font-medium">{who.join(' · ')}</p>
        {children}
      </div>
      <p className="figures mt-1 text-14">{words.money(yuanText(totalFen), yuanText(rewardFen))}</p>
      <p className="figures mt-1 text-14">{words.taken(yuanText(takenFen))}</p>
      <p className="figures mt-1 text-14 text-ink-2">{facts.join(' · ')}</p>
    </>
  );
}
