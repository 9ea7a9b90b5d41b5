'use client';

import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsSessionsMessages } from '../../lib/messages/ops-sessions.ts';
import { Field, Input } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import type { DraftFaults, DraftItem, DraftTier } from './session-draft.ts';

type ItemEditorProps = {
  item: DraftItem;
  faults: DraftFaults['bySku'][string] | undefined;
  onChange: (item: DraftItem) => void;
  onRemove: () => void;
};

const TIERS_MAX = 5;

/** One SKU of a session: its price, its limit, and the ladder of its first buyers. */
export function SessionItemEditor({ item, faults, onChange, onRemove }: ItemEditorProps) {
  const words = useMessages(opsSessionsMessages);
  const locale = useLocale();
  const title = inLocale(item.title, locale);
  const { skuId, tiers } = item;

  function changeTier(at: number, part: Partial<DraftTier>) {
    onChange({ ...item, tiers: tiers.map((tier, index) => (index === at ? { ...tier, ...part } : tier)) });
  }

  return (
    <li className="rounded-card border border-line p-3">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1 text-14">
          <p className="font-medium">{title}</p>
          <p className="text-12 text-ink-2">
            {[inLocale(item.choice, locale), item.code, `${words.ordinary} ¥${yuanText(item.ordinaryFen)}`]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        <button
          type="button"
          aria-label={words.removeItem(title)}
          onClick={onRemove}
          className="-mt-1.5 -mr-1.5 grid size-11 place-items-center text-ink-2"
        >
          <Icon name="trash" className="size-[1.25em]" />
        </button>
      </div>
      <div className="mt-2 grid grid-cols-2 gap-3">
        <Field id={`price-${skuId}`} label={`${words.price} ¥`} error={faults?.price ? words.priceWrong : null}>
          <Input
            id={`price-${skuId}`}
            inputMode="decimal"
            autoComplete="off"
            maxLength={12}
            value={item.price}
            invalid={faults?.price}
            onChange={(event) => onChange({ ...item, price: event.target.value })}
          />
        </Field>
        <Field id={`limit-${skuId}`} label={words.limit} error={faults?.limit ? words.limitWrong : null}>
          <Input
            id={`limit-${skuId}`}
            inputMode="numeric"
            autoComplete="off"
            maxLength={2}
            value={item.limit}
            invalid={faults?.limit}
            onChange={(event) => onChange({ ...item, limit: event.target.value.replace(/\D/g, '') })}
          />
        </Field>
      </div>
      {tiers.map((tier, index) => {
        const fault = faults?.tiers?.index === index ? faults.tiers.code : null;
        return (
          <div key={index} className="mt-2 grid grid-cols-[1fr_1fr_auto] items-start gap-3">
            <Field id={`tier-${skuId}-${index}`} label={words.tierUpTo} error={fault ? words[`tier_${fault}`] : null}>
              <Input
                id={`tier-${skuId}-${index}`}
                inputMode="numeric"
                autoComplete="off"
                maxLength={5}
                value={tier.upTo}
                invalid={fault !== null}
                onChange={(event) => changeTier(index, { upTo: event.target.value.replace(/\D/g, '') })}
              />
            </Field>
            <Field id={`tier-price-${skuId}-${index}`} label={`${words.tierPrice} ¥`}>
              <Input
                id={`tier-price-${skuId}-${index}`}
                inputMode="decimal"
                autoComplete="off"
                maxLength={12}
                value={tier.price}
                invalid={fault !== null}
                onChange={(event) => changeTier(index, { price: event.target.value })}
              />
            </Field>
            <button
              type="button"
              aria-label={words.removeTier}
              onClick={() => onChange({ ...item, tiers: tiers.filter((_, at) => at !== index) })}
              className="mt-6 grid size-11 place-items-center text-ink-2"
            >
              <Icon name="minus" className="size-[1.25em]" />
            </button>
          </div>
        );
      })}
      {tiers.length < TIERS_MAX && (
        <button
          type="button"
          onClick={() => onChange({ ...item, tiers: [...tiers, { upTo: '', price: '' }] })}
          className="mt-1 inline-flex min-h-11 items-center gap-1.5 text-14 text-lacquer"
        >
          <Icon name="plus" className="size-[1.1em]" />
          {words.addTier}
        </button>
      )}
    </li>
  );
}
