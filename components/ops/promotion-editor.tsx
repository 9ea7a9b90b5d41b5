'use client';

import { call } from '../../lib/client/api.ts';
import { opsPromotionsMessages } from '../../lib/messages/ops-promotions.ts';
import { StaffChips } from '../staff/staff-chips.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useMessages } from '../ui/locale.tsx';
import { MomentField, NameFields, ScopeField } from './campaign-fields.tsx';
import { EditorFrame, useEditor } from './editor-frame.tsx';
import { newPromotion, type PromotionDraft, RULE_KINDS, requestOf } from './promotion-draft.ts';
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
  const editor = useEditor(newPromotion(now, id), (draft: PromotionDraft) => requestOf(draft, now));
  const { draft, faults, change } = editor;

  const moment = (name: 'startsAt' | 'endsAt') => ({
    id: name,
    label: words[name],
    value: draft[name],
    isWrong: faults?.times,
    error: name === 'endsAt' ? words.timesWrong : undefined,
    onChange: (value: string) => change({ [name]: value }),
  });

  return (
    <EditorFrame
      title={words.make}
      text={words.publishText}
      editor={editor}
      onPublish={() => editor.send('publish', (request) => call('ops.makePromotion', request), onPublished)}
      onClose={onClose}
    >
      <NameFields draft={draft} isWrong={faults?.name ?? false} change={change}>
        <MomentField {...moment('startsAt')} />
        <MomentField {...moment('endsAt')} />
      </NameFields>
      <StaffChips
        legend={words.kind}
        options={RULE_KINDS.map((kind) => [kind, words[`kind_${kind}`]] as const)}
        chosen={[draft.kind]}
        onChoose={(kind) => change({ kind, steps: kind.endsWith('ladder') ? draft.steps : draft.steps.slice(0, 1) })}
      />
      <Steps draft={draft} isWrong={faults?.steps ?? false} change={change} />
      <ScopeField draft={draft} categories={categories} isWrong={faults?.scope ?? false} change={change} />
    </EditorFrame>
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
      <StaffRefused text={isWrong ? words.stepWrong : null} />
      {draft.kind.endsWith('ladder') && draft.steps.length < 5 && (
        <Button look="quiet" size="s" onClick={() => change({ steps: [...draft.steps, { from: '', gain: '' }] })}>
          {words.addStep}
        </Button>
      )}
    </div>
  );
}
