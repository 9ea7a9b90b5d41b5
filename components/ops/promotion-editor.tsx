'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { opsMessages } from '../../lib/messages/ops.ts';
import { opsPromotionsMessages } from '../../lib/messages/ops-promotions.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { OpsChips } from './ops-chips.tsx';
import { OpsPanel } from './ops-panel.tsx';
import { OpsRefused } from './ops-state.tsx';
import { refusedText } from './ops-words.ts';
import { ProductPicker } from './product-picker.tsx';
import {
  newPromotion,
  type PromotionDraft,
  type PromotionFaults,
  RULE_KINDS,
  requestOf,
  SCOPE_KINDS,
} from './promotion-draft.ts';
import type { OpsPromotions } from './promotions-desk.tsx';

type PromotionEditorProps = {
  id: string;
  /** The server's clock when the page was read, epoch ms. */
  now: number;
  categories: OpsPromotions['categories'];
  onClose: () => void;
  onPublished: (answer: OpsPromotions) => void;
};

/** A new promotion. All that is wrong is shown at once, each in its place; what is published stays as it is. */
export function PromotionEditor({ id, now, categories, onClose, onPublished }: PromotionEditorProps) {
  const words = useMessages(opsPromotionsMessages);
  const { beijing } = useMessages(opsMessages);
  const locale = useLocale();
  const [draft, setDraft] = useState<PromotionDraft>(() => newPromotion(now, id));
  const [faults, setFaults] = useState<PromotionFaults | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  function change(part: Partial<PromotionDraft>) {
    const next = { ...draft, ...part };
    setDraft(next);
    if (faults) setFaults(requestOf(next, now).faults);
  }

  async function publish() {
    const { request, faults: found } = requestOf(draft, now);
    setFaults(found);
    setRefused(null);
    if (request === null) return;
    setBusy(true);
    const answer = await call('ops.makePromotion', request);
    setBusy(false);
    if (answer.ok) onPublished(answer.value);
    else setRefused(refusedText(answer.refusal, locale));
  }

  const text = (name: 'nameZh' | 'nameEn', label: string, lang: string) => (
    <Field id={name} label={label} error={faults?.name && !draft[name].trim() ? words.nameWrong : null}>
      <Input
        id={name}
        lang={lang}
        maxLength={40}
        value={draft[name]}
        invalid={faults?.name && !draft[name].trim()}
        onChange={(event) => change({ [name]: event.target.value })}
      />
    </Field>
  );
  const moment = (name: 'startsAt' | 'endsAt', label: string) => (
    <Field
      id={name}
      label={`${label} (${beijing})`}
      error={name === 'endsAt' && faults?.times ? words.timesWrong : null}
    >
      <Input
        id={name}
        type="datetime-local"
        value={draft[name]}
        invalid={faults?.times}
        onChange={(event) => change({ [name]: event.target.value })}
      />
    </Field>
  );

  return (
    <OpsPanel
      wide
      title={words.make}
      onClose={onClose}
      foot={
        <>
          <OpsRefused text={refused} />
          <p className="mb-2 text-14 text-ink-2">{words.publishText}</p>
          <Button wide busy={isBusy} onClick={publish}>
            {words.publish}
          </Button>
        </>
      }
    >
      <div className="grid gap-3 desk:grid-cols-2">
        {text('nameZh', words.nameZh, 'zh-CN')}
        {text('nameEn', words.nameEn, 'en')}
        {moment('startsAt', words.startsAt)}
        {moment('endsAt', words.endsAt)}
      </div>
      <OpsChips
        legend={words.kind}
        options={RULE_KINDS.map((kind) => [kind, words[`kind_${kind}`]] as const)}
        chosen={[draft.kind]}
        onChoose={(kind) => change({ kind, steps: kind.endsWith('ladder') ? draft.steps : draft.steps.slice(0, 1) })}
      />
      <Steps draft={draft} isWrong={faults?.steps ?? false} change={change} />
      <OpsChips
        legend={words.scope}
        options={SCOPE_KINDS.map((kind) => [kind, words[`scope_${kind}`]] as const)}
        chosen={[draft.scope]}
        onChoose={(scope) => change({ scope })}
      />
      {draft.scope === 'categories' && (
        <OpsChips
          legend={words.scope_categories}
          options={categories.map((category) => [category.id, inLocale(category.name, locale)] as const)}
          chosen={draft.categories}
          onChoose={(category) =>
            change({
              categories: draft.categories.includes(category)
                ? draft.categories.filter((one) => one !== category)
                : [...draft.categories, category],
            })
          }
        />
      )}
      {draft.scope === 'products' && (
        <ProductPicker chosen={draft.products} onChange={(products) => change({ products })} />
      )}
      {faults?.scope && <OpsRefused text={words.scopeWrong} />}
    </OpsPanel>
  );
}

type StepsProps = { draft: PromotionDraft; isWrong: boolean; change: (part: Partial<PromotionDraft>) => void };

function Steps({ draft, isWrong, change }: StepsProps) {
  const words = useMessages(opsPromotionsMessages);
  const isByPieces = draft.kind === 'piece_ladder';
  const set = (index: number, part: { from?: string; gain?: string }) =>
    change({ steps: draft.steps.map((step, at) => (at === index ? { ...step, ...part } : step)) });
  return (
    <div className="mt-3 flex flex-col gap-2">
      {draft.steps.map((step, index) => (
        <div key={index} className="flex items-end gap-2">
          <Field id={`from-${index}`} label={isByPieces ? words.pieces : words.full}>
            <Input
              id={`from-${index}`}
              inputMode="decimal"
              value={step.from}
              invalid={isWrong}
              onChange={(event) => set(index, { from: event.target.value })}
            />
          </Field>
          <Field id={`gain-${index}`} label={isByPieces ? words.pay : words.cut}>
            <Input
              id={`gain-${index}`}
              inputMode="decimal"
              value={step.gain}
              invalid={isWrong}
              onChange={(event) => set(index, { gain: event.target.value })}
            />
          </Field>
          {draft.steps.length > 1 && (
            <Button
              look="quiet"
              size="s"
              onClick={() => change({ steps: draft.steps.filter((_, at) => at !== index) })}
            >
              {words.removeStep}
            </Button>
          )}
        </div>
      ))}
      <OpsRefused text={isWrong ? words.stepWrong : null} />
      {draft.kind.endsWith('ladder') && draft.steps.length < 5 && (
        <Button look="quiet" size="s" onClick={() => change({ steps: [...draft.steps, { from: '', gain: '' }] })}>
          {words.addStep}
        </Button>
      )}
    </div>
  );
}
