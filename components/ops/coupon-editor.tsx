'use client';

import { call } from '../../lib/client/api.ts';
import { opsCouponsMessages } from '../../lib/messages/ops-coupons.ts';
import { StaffChips } from '../staff/staff-chips.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { MomentField, NameFields, NumberField, ScopeField } from './campaign-fields.tsx';
import { COUPON_KINDS, type CouponDraft, type CouponFaults, couponRequest, VALIDITIES } from './coupon-draft.ts';
import { type OpsCoupons, saysAll } from './coupon-says.ts';
import { EditorFrame, EditorPreview, useEditor } from './editor-frame.tsx';

type CouponEditorProps = {
  first: CouponDraft;
  /** The server's clock when the page was read, epoch ms. */
  now: number;
  categories: OpsCoupons['categories'];
  onClose: () => void;
  onSaved: (answer: OpsCoupons, isPublished: boolean) => void;
};

type TextName = Exclude<
  { [Key in keyof CouponDraft]: CouponDraft[Key] extends string ? Key : never }[keyof CouponDraft],
  'id' | 'kind' | 'scope' | 'validity'
>;

/** A campaign before it is published: what is wrong in its place, and in plain language what it would be and cost. */
export function CouponEditor({ first, now, categories, onClose, onSaved }: CouponEditorProps) {
  const words = useMessages(opsCouponsMessages);
  const locale = useLocale();
  const editor = useEditor(first, (draft: CouponDraft) => couponRequest(draft, now));
  const { draft, faults, change } = editor;
  const isPercent = draft.kind === 'percent';

  function send(isPublished: boolean) {
    return editor.send(
      isPublished ? 'publish' : 'save',
      async (request) => {
        const saved = await call('ops.saveCoupon', request);
        return saved.ok && isPublished ? call('ops.publishCoupon', { id: draft.id }) : saved;
      },
      (answer) => onSaved(answer, isPublished),
    );
  }

  const box = (name: TextName, label: string, place: keyof CouponFaults, error?: string) => ({
    id: `coupon-${name}`,
    label,
    value: draft[name],
    isWrong: faults?.[place],
    error,
    onChange: (value: string) => change({ [name]: value }),
  });

  return (
    <EditorFrame
      title={words.make}
      text={words.publishText}
      editor={editor}
      onSave={() => send(false)}
      onPublish={() => send(true)}
      onClose={onClose}
    >
      <NameFields draft={draft} isWrong={faults?.name ?? false} change={change} />
      <StaffChips
        legend={words.kind}
        options={COUPON_KINDS.map((kind) => [kind, words[`kind_${kind}`]] as const)}
        chosen={[draft.kind]}
        onChoose={(kind) => change({ kind })}
      />
      <p className="my-2 text-14 text-ink-2">{words[`kindText_${draft.kind}`]}</p>
      <div className="grid grid-cols-2 gap-3 desk:grid-cols-3">
        {(draft.kind === 'threshold' || isPercent) && (
          <NumberField {...box('full', isPercent ? words.fullOptional : words.full, 'rule')} />
        )}
        {!isPercent && <NumberField {...box('cut', words.cut, 'rule')} />}
        {isPercent && <NumberField {...box('pay', words.pay, 'rule')} />}
        {isPercent && <NumberField {...box('cap', words.cap, 'rule')} />}
      </div>
      <StaffRefused text={faults?.rule ? words.ruleWrong : null} />
      <ScopeField draft={draft} categories={categories} isWrong={faults?.scope ?? false} change={change} />
      <div className="mt-4 grid gap-3 desk:grid-cols-2">
        <MomentField {...box('claimFrom', words.claimFrom, 'claim')} />
        <MomentField {...box('claimUntil', words.claimUntil, 'claim', words.claimWrong)} />
      </div>
      <StaffChips
        legend={words.validity}
        options={VALIDITIES.map((kind) => [kind, words[`validity_${kind}`]] as const)}
        chosen={[draft.validity]}
        onChoose={(validity) => change({ validity })}
      />
      <div className="mt-3 grid gap-3 desk:grid-cols-2">
        {draft.validity === 'days' && <NumberField {...box('days', words.days, 'validity')} />}
        {draft.validity === 'window' && <MomentField {...box('from', words.from, 'validity')} />}
        {draft.validity === 'window' && <MomentField {...box('until', words.until, 'validity')} />}
      </div>
      <StaffRefused text={faults?.validity ? words.validityWrong : null} />
      <div className="mt-4 grid grid-cols-2 gap-3 desk:grid-cols-3">
        <NumberField {...box('perPerson', words.perPerson, 'numbers')} />
        <NumberField {...box('total', words.total, 'numbers')} />
        <NumberField {...box('budget', words.budgetYuan, 'numbers')} />
      </div>
      <StaffRefused text={faults?.numbers ? words.numbersWrong : null} />
      <EditorPreview
        sentences={editor.request && saysAll(editor.request, categories, locale)}
        missing={words.previewMissing}
      />
    </EditorFrame>
  );
}
