'use client';

import { useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { call } from '../../lib/client/api.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { studioLinksMessages } from '../../lib/messages/studio-links.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import type { Category } from './campaign-page.tsx';
import { type Landing, LandingPicker } from './landing-picker.tsx';
import { EMPTY_LINK, type LinkDraft, type LinkFaults, linkRequest, TAG_BOXES, type TagBox } from './link-draft.ts';
import { LinkMade } from './link-made.tsx';

type LinkEditorProps = {
  campaignId: string;
  categories: readonly Category[];
  onClose: () => void;
  onMade: () => void;
};

/** Makes one link: where it leads, by which channel, until when; then shows it with its code. */
export function LinkEditor({ campaignId, categories, onClose, onMade }: LinkEditorProps) {
  const words = useMessages(studioLinksMessages);
  const { beijing } = useMessages(staffMessages);
  const locale = useLocale();
  const [draft, setDraft] = useState<LinkDraft>(EMPTY_LINK);
  const [landing, setLanding] = useState<Landing | null>(null);
  const [faults, setFaults] = useState<LinkFaults | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [url, setUrl] = useState<string | null>(null);
  /** The same until it is answered: asked again, it is the same link. */
  const [key, setKey] = useState(() => crypto.randomUUID());
  const read = (one: LinkDraft) => linkRequest(one, { campaignId, key, nowMs: serverNow() });

  function change(part: Partial<LinkDraft>) {
    const next = { ...draft, ...part };
    setDraft(next);
    if (faults) setFaults(read(next).faults);
  }
  async function make() {
    const { request, faults: wrong } = read(draft);
    setFaults(wrong);
    setRefused(null);
    if (request === null || isBusy) return;
    setBusy(true);
    const answer = await call('studio.makeLink', request);
    setBusy(false);
    if (!answer.ok) return setRefused(refusedText(answer.refusal, locale));
    setUrl(answer.value.url);
    onMade();
  }
  function another() {
    setUrl(null);
    setKey(crypto.randomUUID());
    setFaults(null);
  }

  if (url !== null) {
    return (
      <StaffPanel
        title={words.made}
        onClose={onClose}
        foot={
          <div className="grid grid-cols-2 gap-3">
            <Button look="quiet" onClick={another}>
              {words.another}
            </Button>
            <Button onClick={onClose}>{words.done}</Button>
          </div>
        }
      >
        <LinkMade url={url} />
      </StaffPanel>
    );
  }

  const tag = (box: TagBox, label: string, hint?: string) => {
    const isWrong = faults?.tags.includes(box) ?? false;
    return (
      <Field key={box} id={box} label={label} error={isWrong ? words.tagWrong : null} {...(hint ? { hint } : {})}>
        <Input
          id={box}
          maxLength={64}
          autoCapitalize="off"
          value={draft[box]}
          invalid={isWrong}
          onChange={(event) => change({ [box]: event.target.value })}
        />
      </Field>
    );
  };

  return (
    <StaffPanel
      title={words.makeTitle}
      onClose={onClose}
      foot={
        <>
          <StaffRefused text={refused} />
          <Button wide busy={isBusy} onClick={() => void make()}>
            {words.making}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <LandingPicker
          categories={categories}
          chosen={landing}
          error={faults?.landing ? words.pageWrong : null}
          onChoose={(chosen) => {
            setLanding(chosen);
            change({ landing: chosen?.path ?? null });
          }}
        />
        {tag('channel', words.channel, words.channelText)}
        <Field id="note" label={words.note} hint={words.noteText}>
          <Input
            id="note"
            maxLength={200}
            value={draft.note}
            onChange={(event) => change({ note: event.target.value })}
          />
        </Field>
        <Field id="expires" label={`${words.expires} (${beijing})`} error={faults?.expires ? words.expiresWrong : null}>
          <Input
            id="expires"
            type="datetime-local"
            value={draft.expires}
            invalid={faults?.expires ?? false}
            onChange={(event) => change({ expires: event.target.value })}
          />
        </Field>
        <fieldset className="flex flex-col gap-3">
          <legend className="text-14 font-semibold">{words.utm}</legend>
          <p className="text-12 text-ink-2">{words.tagText}</p>
          <div className="grid gap-3 desk:grid-cols-2">
            {TAG_BOXES.filter((box) => box !== 'channel').map((box) => tag(box, words[box]))}
          </div>
        </fieldset>
      </div>
    </StaffPanel>
  );
}
