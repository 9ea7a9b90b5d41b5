'use client';

import type { LeasedOrder } from '../../lib/client/counter-lease.ts';
import type { LineUnits } from '../../lib/domain/pickup/pickup.ts';
import { counterScanMessages } from '../../lib/messages/counter-scan.ts';
import { useMessages } from '../ui/locale.tsx';
import { HandSome } from './hand-some.tsx';
import { ResultHead } from './result-head.tsx';
import { FOUND } from './result-looks.ts';

type ListedOrderProps = {
  order: LeasedOrder;
  left: LineUnits[];
  onHand: (lines: LineUnits[]) => void;
  onCancel: () => void;
};

/** An order of the offline list whose digits were typed. */
export function ListedOrder({ order, left, onHand, onCancel }: ListedOrderProps) {
  const words = useMessages(counterScanMessages);
  const units = new Map(left.map(({ lineNumber, quantity }) => [lineNumber, quantity]));
  return (
    <article className="flex flex-col gap-3">
      <ResultHead look={FOUND} title={words.found}>
        <p className="figures text-22">
          {words.phone} <span className="font-semibold">{order.phoneMasked}</span>
        </p>
      </ResultHead>
      <HandSome
        lines={order.lines
          .map((line) => ({ ...line, quantity: units.get(line.lineNumber) ?? 0 }))
          .filter(({ quantity }) => quantity > 0)}
        waiting={left}
        isBusy={false}
        onHand={(lines) => onHand(lines ?? left)}
        onCancel={onCancel}
      />
      <p className="figures px-1 text-16 text-ink-2">
        {words.order} {order.orderId}
      </p>
    </article>
  );
}
