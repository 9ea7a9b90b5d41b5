'use client';

import { call } from '../../lib/client/api.ts';
import type { OpsOrderGroup } from '../../lib/contracts/ops-risk.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsOrderGroupsMessages } from '../../lib/messages/ops-order-groups.ts';
import { timeText } from '../staff/staff-words.ts';
import { useLocale } from '../ui/locale.tsx';
import { VerdictPanel } from './risk-decide-panel.tsx';
import type { OpsRisk } from './risk-desk.tsx';
import { OrderGroupFacts } from './risk-order-groups.tsx';

type RiskOrderPanelProps = { group: OpsOrderGroup; onClose: () => void; onDone: (answer: OpsRisk) => void };

/** One decision for all orders of a group: they are packed, or all of them are refunded. */
export function RiskOrderPanel({ group, onClose, onDone }: RiskOrderPanelProps) {
  const words = opsOrderGroupsMessages[useLocale()];
  return (
    <VerdictPanel
      title={words.decideTitle}
      facts={
        <>
          <OrderGroupFacts group={group} />
          <Orders group={group} />
        </>
      }
      yes={{ name: words.free, text: words.freeText }}
      no={{ name: words.refuse, text: words.refuseText }}
      send={(isFreed, said) => call('ops.decideOrderReview', { groupId: group.id, isFreed, words: said })}
      onClose={onClose}
      onDone={onDone}
    />
  );
}

function Orders({ group: { orders } }: { group: OpsOrderGroup }) {
  const locale = useLocale();
  const words = opsOrderGroupsMessages[locale];
  return (
    <section className="mt-3 rounded-card bg-paper p-3">
      <h3 className="mb-1 text-12 text-ink-2">{words.list}</h3>
      <ul className="figures flex flex-col gap-2 text-14">
        {orders.map(({ orderId, person, paidAt, totalFen, rewardFen, isNewcomer, circle, known }) => (
          <li key={orderId} className="flex justify-between gap-2">
            <span className="min-w-0 break-words">
              <span className="block font-medium">{orderId}</span>
              <span className="text-12 text-ink-2">{words.order(timeText(paidAt, locale), person)}</span>
              <span className="block text-12 text-ink-2">
                {[isNewcomer && words.newcomer, circle > 0 && words.circle(circle, known)].filter(Boolean).join(' · ')}
              </span>
            </span>
            <span className="shrink-0 text-right">
              <span className="block font-semibold">¥{yuanText(totalFen)}</span>
              <span className="text-12 text-ink-2">{words.off(yuanText(rewardFen))}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
