'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { opsMessages } from '../../lib/messages/ops.ts';
import { opsCouponsMessages } from '../../lib/messages/ops-coupons.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import {
  COUPON_KINDS,
  COUPON_SCOPES,
  type CouponDraft,
  type CouponFaults,
  couponRequest,
  VALIDITIES,
} from './coupon-draft.ts';
import { type OpsCoupons, saysAll } from './coupon-says.ts';
import { OpsChips } from './ops-chips.tsx';
import { OpsPanel } from './ops-panel.tsx';
import { OpsRefused } from './ops-state.tsx';
import { refusedText } from './ops-words.ts';

type CouponEditorProps = {
  first: CouponDraft;
  /** The server's clock when the page was read, epoch ms. */
  now: number;
  categories: OpsCoupons['categories'];
  onClose: () => void;
  onSaved: (answer: OpsCoupons, isPublished: boolean) => void;
};

type TextName = { [Key in keyof CouponDraft]: CouponDraft[Key] extends string ? Key : never }[keyof CouponDraft];

/** A campaign before it is published: what is wrong in its place, and in plain language what it would be and cost. */
export function CouponEditor({ first, now, categories, onClose, onSaved }: CouponEditorProps) {
  const words = useMessages(opsCouponsMessages);
  const { beijing } = useMessages(opsMessages);
  const locale = useLocale();
  const [draft, setDraft] = useState(first);
  const [faults, setFaults] = useState<CouponFaults | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState<'save' | 'publish' | null>(null);
  const current = couponRequest(draft, now);

  function change(part: Partial<CouponDraft>) {
    const next = { ...draft, ...part };
    setDraft(next);
    if (faults) setFaults(couponRequest(next, now).faults);
  }

  async function save(isPublished: boolean) {
    setFaults(current.faults);
    setRefused(null);
    if (current.request === null || busy !== null) return;
    setBusy(isPublished ? 'publish' : 'save');
    const saved = await call('ops.saveCoupon', current.request);
    const answer = saved.ok && isPublished ? await call('ops.publishCoupon', { id: draft.id }) : saved;
    setBusy(null);
    if (answer.ok) onSaved(answer.value, isPublished);
    else setRefused(refusedText(answer.refusal, locale));
  }

  const input = (
    name: TextName,
    label: string,
    { fault, error, ...rest }: { fault: keyof CouponFaults; error?: string; type?: string; lang?: string },
  ) => (
    <Field id={`coupon-${name}`} label={label} error={faults?.[fault] && error ? error : null}>
      <Input
        id={`coupon-${name}`}
        maxLength={60}
        inputMode={rest.type || rest.lang || name === 'products' ? undefined : 'decimal'}
        {...rest}
        value={draft[name]}
        invalid={faults?.[fault]}
        onChange={(event) => change({ [name]: event.target.value })}
      />
    </Field>
  );
  const moment = (name: TextName, label: string, fault: keyof CouponFaults, error?: string) =>
    input(name, `${label} (${beijing})`, { fault, error, type: 'datetime-local' });
  const isPercent = draft.kind === 'percent';

  return (
    <OpsPanel
      wide
      title={words.make}
      onClose={onClose}
      foot={
        <>
          <OpsRefused text={refused} />
          <p className="mb-2 text-14 text-ink-2">{words.publishText}</p>
          <div className="grid grid-cols-2 gap-3">
            <Button look="quiet" busy={busy === 'save'} onClick={() => save(false)}>
              {words.save}
            </Button>
            <Button busy={busy === 'publish'} onClick={() => save(true)}>
              {words.publish}
            </Button>
          </div>
        </>
      }
    >
      <div className="grid gap-3 desk:grid-cols-2">
        {input('nameZh', words.nameZh, { fault: 'name', error: words.nameWrong, lang: 'zh-CN' })}
        {input('nameEn', words.nameEn, { fault: 'name', error: words.nameWrong, lang: 'en' })}
      </div>
      <OpsChips
        legend={words.kind}
        options={COUPON_KINDS.map((kind) => [kind, words[`kind_${kind}`]] as const)}
        chosen={[draft.kind]}
        onChoose={(kind) => change({ kind })}
      />
      <p className="my-2 text-14 text-ink-2">{words[`kindText_${draft.kind}`]}</p>
      <div className="grid grid-cols-2 gap-3 desk:grid-cols-3">
        {(draft.kind === 'threshold' || isPercent) &&
          input('full', isPercent ? words.fullOptional : words.full, { fault: 'rule' })}
        {!isPercent && input('cut', words.cut, { fault: 'rule' })}
        {isPercent && input('pay', words.pay, { fault: 'rule' })}
        {isPercent && input('cap', words.cap, { fault: 'rule' })}
      </div>
      <OpsRefused text={faults?.rule ? words.ruleWrong : null} />
      <OpsChips
        legend={words.scope}
        options={COUPON_SCOPES.map((kind) => [kind, words[`scope_${kind}`]] as const)}
        chosen={[draft.scope]}
        onChoose={(scope) => change({ scope })}
      />
      {draft.scope === 'categories' && (
        <OpsChips
          legend={words.scope_categories}
          options={categories.map(({ id, name }) => [id, inLocale(name, locale)] as const)}
          chosen={draft.categories}
          onChoose={(id) =>
            change({
              categories: draft.categories.includes(id)
                ? draft.categories.filter((one) => one !== id)
                : [...draft.categories, id],
            })
          }
        />
      )}
      {draft.scope === 'products' && (
        <div className="mt-3">
          <Field id="coupon-products" label={words.products}>
            <Input
              id="coupon-products"
              value={draft.products}
              invalid={faults?.scope}
              onChange={(event) => change({ products: event.target.value })}
            />
          </Field>
        </div>
      )}
      <OpsRefused text={faults?.scope ? words.scopeWrong : null} />
      <div className="mt-4 grid gap-3 desk:grid-cols-2">
        {moment('claimFrom', words.claimFrom, 'claim')}
        {moment('claimUntil', words.claimUntil, 'claim', words.claimWrong)}
      </div>
      <OpsChips
        legend={words.validity}
        options={VALIDITIES.map((kind) => [kind, words[`validity_${kind}`]] as const)}
        chosen={[draft.validity]}
        onChoose={(validity) => change({ validity })}
      />
      <div className="mt-3 grid gap-3 desk:grid-cols-2">
        {draft.validity === 'days' && input('days', words.days, { fault: 'validity' })}
        {draft.validity === 'window' && moment('from', words.from, 'validity')}
        {draft.validity === 'window' && moment('until', words.until, 'validity')}
      </div>
      <OpsRefused text={faults?.validity ? words.validityWrong : null} />
      <div className="mt-4 grid grid-cols-2 gap-3 desk:grid-cols-3">
        {input('perPerson', words.perPerson, { fault: 'numbers' })}
        {input('total', words.total, { fault: 'numbers' })}
        {input('budget', words.budgetYuan, { fault: 'numbers' })}
      </div>
      <OpsRefused text={faults?.numbers ? words.numbersWrong : null} />
      <section aria-live="polite" className="mt-4 rounded-card bg-gold-soft px-4 py-3">
        <h3 className="text-14 font-semibold">{words.preview}</h3>
        {current.request === null ? (
          <p className="text-14">{words.previewMissing}</p>
        ) : (
          <ul className="text-14">
            {saysAll(current.request, categories, locale).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
      </section>
    </OpsPanel>
  );
}
