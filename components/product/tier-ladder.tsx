'use client';

import type { SkuView } from '../../lib/domain/catalog/sku-view.ts';
import { productMessages } from '../../lib/messages/product.ts';
import { cx } from '../ui/cx.ts';
import { useMessages } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';

/** The tiers of the session as steps that rise, with the one that the next buyer gets marked. */
export function TierLadder({ sku, note }: { sku: SkuView; note: string }) {
  const words = useMessages(productMessages);
  const { offer, tier } = sku;
  if (!offer || offer.tiers.length === 0) return null;
  const steps = [
    ...offer.tiers.map(({ upTo, priceFen }, at) => ({
      key: upTo,
      priceFen,
      name: at === 0 ? words.firstPlaces(upTo) : words.placesTo((offer.tiers[at - 1]?.upTo ?? 0) + 1, upTo),
    })),
    { key: 0, priceFen: offer.priceFen, name: words.afterwards },
  ];
  // Before the session, and before the live number is known, nobody stands anywhere.
  const isKnown = sku.opensAt === null && (tier === null || tier.left !== null);
  const here = tier ? offer.tiers.findIndex(({ upTo }) => upTo === tier.upTo) : offer.tiers.length;
  return (
    <section aria-label={words.ladder} className="gutter pt-3">
      <ol className="flex items-end gap-1.5">
        {steps.map((step, at) => {
          const isHere = isKnown && at === here;
          const isGone = isKnown && at < here;
          return (
            <li key={step.key} aria-current={isHere ? 'step' : undefined} className="flex min-w-0 flex-1 flex-col">
              <span
                className={cx(
                  'min-h-[1.5em] truncate text-center text-12 font-medium text-gold',
                  !isHere && 'invisible',
                )}
              >
                {words.youAreHere}
              </span>
              <span
                className={cx(
                  'flex flex-col items-center justify-center rounded-card border px-1 text-center',
                  isHere ? 'border-gold-shape bg-gold-soft' : 'border-line bg-card',
                )}
                style={{ minHeight: `${4 + at * 0.625}rem` }}
              >
                <span className="text-12 text-ink-2">{step.name}</span>
                <Price
                  fen={step.priceFen}
                  className={cx('text-18 font-bold', isGone ? 'text-ink-2 line-through' : 'text-ink')}
                />
                <span className="figures text-12 text-ink-2">
                  {isHere && tier?.left != null ? words.placesLeft(tier.left) : isGone ? words.placesGone : '\u00a0'}
                </span>
              </span>
            </li>
          );
        })}
      </ol>
      <p className="pt-1.5 text-12 text-ink-2">{note}</p>
    </section>
  );
}
