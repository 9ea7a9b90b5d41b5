'use client';

import { call } from '../../lib/client/api.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsOffersMessages } from '../../lib/messages/ops-offers.ts';
import { StaffChips } from '../staff/staff-chips.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { MomentField, NameFields, NumberField } from './campaign-fields.tsx';
import { EditorFrame, EditorPreview, useEditor } from './editor-frame.tsx';
import { OFFER_KINDS, type OfferDraft, type OfferFaults, offerRequest } from './offer-draft.ts';
import { saysOfferRule, saysOfferTerms } from './offer-says.ts';
import { OfferStores } from './offer-stores.tsx';

type OfferEditorProps = {
  first: OfferDraft;
  /** The server's clock when the page was read, epoch ms. */
  now: number;
  onClose: () => void;
  onMade: (answer: ValueNamed<'ops.makeStoreOffer'>) => void;
};

type TextName = 'full' | 'cut' | 'from' | 'until' | 'good' | 'perDay' | 'total' | 'budget';

/** An offer before it is published: what is wrong in its place, and in plain language what it would be and cost. */
export function OfferEditor({ first, now, onClose, onMade }: OfferEditorProps) {
  const words = useMessages(opsOffersMessages);
  const locale = useLocale();
  const editor = useEditor(first, (draft: OfferDraft) => offerRequest(draft, now));
  const { draft, faults, change, request } = editor;
  const publish = () => editor.send('publish', (offer) => call('ops.makeStoreOffer', offer), onMade);

  const box = (name: TextName, label: string, place: keyof OfferFaults, error?: string) => ({
    id: `offer-${name}`,
    label,
    value: draft[name],
    isWrong: faults?.[place],
    error,
    onChange: (value: string) => change({ [name]: value }),
  });
  const clock = (name: 'hoursFrom' | 'hoursTo', label: string) => (
    <Field id={`offer-${name}`} label={label} error={faults?.hours ? words.hoursWrong : null}>
      <Input
        id={`offer-${name}`}
        type="time"
        value={draft[name]}
        invalid={faults?.hours ?? false}
        onChange={(event) => change({ [name]: event.target.value })}
      />
    </Field>
  );

  return (
    <EditorFrame
      title={words.make}
      text={words.publishText}
      editor={editor}
      onPublish={() => void publish()}
      onClose={onClose}
    >
      <NameFields draft={draft} isWrong={faults?.name ?? false} change={change} />
      <StaffChips
        legend={words.kind}
        options={OFFER_KINDS.map((kind) => [kind, words[`kind_${kind}`]] as const)}
        chosen={[draft.kind]}
        onChoose={(kind) => change({ kind })}
      />
      <div className="mt-3 grid grid-cols-2 gap-3">
        {draft.kind === 'threshold' && <NumberField {...box('full', words.full, 'rule')} />}
        <NumberField {...box('cut', words.cut, 'rule')} />
      </div>
      <StaffRefused text={faults?.rule ? words.ruleWrong : null} />
      <OfferStores chosen={draft.stores} isWrong={faults?.stores ?? false} onChange={(stores) => change({ stores })} />
      <div className="mt-4 grid gap-3 desk:grid-cols-2">
        <MomentField {...box('from', words.from, 'times')} />
        <MomentField {...box('until', words.until, 'times', words.timesWrong)} />
      </div>
      <div className="mt-3 grid grid-cols-2 gap-3">
        {clock('hoursFrom', words.hoursFrom)}
        {clock('hoursTo', words.hoursTo)}
      </div>
      <div className="mt-3 grid grid-cols-2 gap-3">
        <NumberField {...box('good', words.good, 'numbers')} />
        <NumberField {...box('perDay', words.perDay, 'numbers')} />
        <NumberField {...box('total', words.total, 'numbers')} />
        <NumberField {...box('budget', words.budgetYuan, 'numbers')} />
      </div>
      <StaffRefused text={faults?.numbers ? words.numbersWrong : null} />
      <EditorPreview
        sentences={
          request && [
            `${saysOfferRule(request, locale)} · ${words.stores(request.storeIds.length)}`,
            ...saysOfferTerms(request, locale),
            words.previewCost(yuanText(Math.min(request.budgetFen, request.total * request.rule.cutFen))),
          ]
        }
        missing={words.previewMissing}
      />
    </EditorFrame>
  );
}
