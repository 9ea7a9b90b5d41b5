'use client';

import type { ReactNode } from 'react';
import { inLocale } from '../../lib/messages/define.ts';
import { opsCampaignsMessages } from '../../lib/messages/ops-campaigns.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { StaffChips } from '../staff/staff-chips.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { type CampaignDraft, type Category, SCOPE_KINDS } from './campaign-draft.ts';
import { ProductPicker } from './product-picker.tsx';

type Change = (part: Partial<CampaignDraft>) => void;

/** The name in both languages, and beside it what else `children` say. */
export function NameFields({
  draft,
  isWrong,
  change,
  children,
}: {
  draft: Pick<CampaignDraft, 'nameZh' | 'nameEn'>;
  isWrong: boolean;
  change: (part: Partial<Pick<CampaignDraft, 'nameZh' | 'nameEn'>>) => void;
  children?: ReactNode;
}) {
  const words = useMessages(opsCampaignsMessages);
  const name = (key: 'nameZh' | 'nameEn', lang: string, maxLength: number) => {
    const isMissing = isWrong && !draft[key].trim();
    return (
      <Field id={key} label={words[key]} error={isMissing ? words.nameWrong : null}>
        <Input
          id={key}
          lang={lang}
          maxLength={maxLength}
          value={draft[key]}
          invalid={isMissing}
          onChange={(event) => change({ [key]: event.target.value })}
        />
      </Field>
    );
  };
  return (
    <div className="grid gap-3 desk:grid-cols-2">
      {name('nameZh', 'zh-CN', 40)}
      {name('nameEn', 'en', 60)}
      {children}
    </div>
  );
}

/** The goods that a campaign is for: all, some categories, or products found by name. */
export function ScopeField({
  draft,
  categories,
  isWrong,
  change,
}: {
  draft: CampaignDraft;
  categories: readonly Category[];
  isWrong: boolean;
  change: Change;
}) {
  const words = useMessages(opsCampaignsMessages);
  const locale = useLocale();
  const chosen = draft.categories;
  return (
    <>
      <StaffChips
        legend={words.scope}
        options={SCOPE_KINDS.map((kind) => [kind, words[`scope_${kind}`]] as const)}
        chosen={[draft.scope]}
        onChoose={(scope) => change({ scope })}
      />
      {draft.scope === 'categories' && (
        <StaffChips
          legend={words.scope_categories}
          options={categories.map(({ id, name }) => [id, inLocale(name, locale)] as const)}
          chosen={chosen}
          onChoose={(id) =>
            change({ categories: chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id] })
          }
        />
      )}
      {draft.scope === 'products' && (
        <ProductPicker chosen={draft.products} onChange={(products) => change({ products })} />
      )}
      <StaffRefused text={isWrong ? words.scopeWrong : null} />
    </>
  );
}

type BoxProps = {
  id: string;
  label: string;
  value: string;
  isWrong?: boolean | undefined;
  error?: string | undefined;
  onChange: (value: string) => void;
};

/** An amount or a number, as it is typed. */
export function NumberField({ id, label, value, isWrong = false, error, onChange }: BoxProps) {
  return (
    <Field id={id} label={label} error={isWrong && error ? error : null}>
      <Input
        id={id}
        inputMode="decimal"
        maxLength={20}
        value={value}
        invalid={isWrong}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

/** A moment on the clocks of Beijing. */
export function MomentField({ id, label, value, isWrong = false, error, onChange }: BoxProps) {
  const { beijing } = useMessages(staffMessages);
  return (
    <Field id={id} label={`${label} (${beijing})`} error={isWrong && error ? error : null}>
      <Input
        id={id}
        type="datetime-local"
        value={value}
        invalid={isWrong}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
