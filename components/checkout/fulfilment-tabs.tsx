'use client';

import { checkoutPickupMessages } from '../../lib/messages/checkout-pickup.ts';
import { cx } from '../ui/cx.ts';
import { useMessages } from '../ui/locale.tsx';
import type { Fulfilment } from './fulfilment.ts';

const KINDS = ['delivery', 'pickup'] as const;

/** Delivery or pickup: two radio buttons that look like one switch. */
export function FulfilmentTabs({
  chosen,
  onChoose,
}: {
  chosen: Fulfilment['kind'];
  onChoose: (kind: Fulfilment['kind']) => void;
}) {
  const words = useMessages(checkoutPickupMessages);
  return (
    <fieldset className="grid grid-cols-2 gap-1 rounded-full bg-card p-1 shadow-card">
      <legend className="sr-only">{words.how}</legend>
      {KINDS.map((kind) => (
        <label
          key={kind}
          className={cx(
            'flex min-h-11 cursor-pointer items-center justify-center rounded-full text-16 has-focus-visible:outline-2 has-focus-visible:outline-lacquer',
            chosen === kind ? 'bg-lacquer font-semibold text-on-lacquer' : 'text-ink-2',
          )}
        >
          <input
            type="radio"
            name="fulfilment"
            checked={chosen === kind}
            onChange={() => onChoose(kind)}
            className="sr-only"
          />
          {words[kind]}
        </label>
      ))}
    </fieldset>
  );
}
