'use client';

import { useRef, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { opsSessionsMessages } from '../../lib/messages/ops-sessions.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { type Draft, type DraftFaults, draftFaults, isSound, type OpsSession, requestOf } from './session-draft.ts';
import { SessionItemEditor } from './session-item-editor.tsx';
import { SkuPicker } from './sku-picker.tsx';

type SessionEditorProps = {
  initial: Draft;
  isNew: boolean;
  /** The server's clock when the page was read, epoch ms. */
  now: number;
  onClose: () => void;
  onSaved: (sessions: OpsSession[]) => void;
};

/** A session that has not started. All that is wrong is shown at once, each in its place. */
export function SessionEditor({ initial, isNew, now, onClose, onSaved }: SessionEditorProps) {
  const words = useMessages(opsSessionsMessages);
  const common = useMessages(staffMessages);
  const locale = useLocale();
  const [draft, setDraft] = useState(initial);
  const [faults, setFaults] = useState<DraftFaults | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLDivElement>(null);

  function change(part: Partial<Draft>) {
    const next = { ...draft, ...part };
    setDraft(next);
    if (faults) setFaults(draftFaults(next, now));
  }

  async function save() {
    const found = draftFaults(draft, now);
    setFaults(found);
    setRefused(null);
    if (!isSound(found)) {
      // After React has marked them, the first wrong box is where the eye should be.
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setBusy(true);
    const answer = await call('ops.saveSession', requestOf(draft));
    setBusy(false);
    if (answer.ok) onSaved(answer.value.sessions);
    else setRefused(refusedText(answer.refusal, locale));
  }

  return (
    <StaffPanel
      wide
      title={isNew ? words.sessionTitleNew : words.sessionTitleEdit}
      onClose={onClose}
      foot={
        <>
          <StaffRefused text={refused} />
          <Button wide busy={isBusy} onClick={save}>
            {words.save}
          </Button>
        </>
      }
    >
      <div ref={form}>
        <div className="grid gap-3 desk:grid-cols-2">
          <Field
            id="name-zh"
            label={words.nameZh}
            error={faults?.name && !draft.nameZh.trim() ? words.nameWrong : null}
          >
            <Input
              id="name-zh"
              lang="zh-CN"
              maxLength={40}
              value={draft.nameZh}
              invalid={faults?.name && !draft.nameZh.trim()}
              onChange={(event) => change({ nameZh: event.target.value })}
            />
          </Field>
          <Field
            id="name-en"
            label={words.nameEn}
            error={faults?.name && !draft.nameEn.trim() ? words.nameWrong : null}
          >
            <Input
              id="name-en"
              lang="en"
              maxLength={60}
              value={draft.nameEn}
              invalid={faults?.name && !draft.nameEn.trim()}
              onChange={(event) => change({ nameEn: event.target.value })}
            />
          </Field>
          <Field
            id="starts-at"
            label={`${words.startsAt} (${common.beijing})`}
            error={faults?.times ? words.timesWrong : null}
          >
            <Input
              id="starts-at"
              type="datetime-local"
              value={draft.startsAt}
              invalid={faults?.times}
              onChange={(event) => change({ startsAt: event.target.value })}
            />
          </Field>
          <Field id="ends-at" label={`${words.endsAt} (${common.beijing})`}>
            <Input
              id="ends-at"
              type="datetime-local"
              value={draft.endsAt}
              onChange={(event) => change({ endsAt: event.target.value })}
            />
          </Field>
        </div>
        <label className="mt-3 flex min-h-11 items-center gap-2 text-16">
          <input
            type="checkbox"
            checked={draft.allowsPromotions}
            aria-describedby="allows-promotions-text"
            onChange={(event) => change({ allowsPromotions: event.target.checked })}
            className="size-5 accent-[var(--lacquer)]"
          />
          {words.allowsPromotions}
        </label>
        <p id="allows-promotions-text" className="text-12 text-ink-2">
          {words.allowsPromotionsText}
        </p>
        <h3 className="mt-5 text-16 font-semibold">{words.items}</h3>
        <p className="mb-3 text-12 text-ink-2">{words.crossedOutText}</p>
        {faults?.items && <StaffRefused text={words.itemsWrong} />}
        <ul className="flex flex-col gap-3">
          {draft.items.map((item, index) => (
            <SessionItemEditor
              key={item.skuId}
              item={item}
              faults={faults?.bySku[item.skuId]}
              onChange={(next) => change({ items: draft.items.map((one, at) => (at === index ? next : one)) })}
              onRemove={() => change({ items: draft.items.filter((one) => one.skuId !== item.skuId) })}
            />
          ))}
        </ul>
        <SkuPicker
          taken={draft.items.map(({ skuId }) => skuId)}
          onPick={(row) =>
            change({
              items: [
                ...draft.items,
                {
                  skuId: row.skuId,
                  code: row.code,
                  title: row.title,
                  choice: row.choice,
                  ordinaryFen: row.priceFen,
                  price: '',
                  limit: '1',
                  tiers: [],
                },
              ],
            })
          }
        />
      </div>
    </StaffPanel>
  );
}
