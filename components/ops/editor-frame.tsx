'use client';

import { type ReactNode, useState } from 'react';
import { opsCampaignsMessages } from '../../lib/messages/ops-campaigns.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { Button } from '../ui/button.tsx';
import { useMessages } from '../ui/locale.tsx';
import { CampaignRefused, type Refusal } from './law-faults.tsx';

type Answer<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: Refusal };
type Read<Request, Faults> = { readonly request: Request | null; readonly faults: Faults };
type Step = 'save' | 'publish';

/**
 * A draft while it is edited: what is wrong is shown once somebody has tried to send it, each in its place, and goes
 * as it is mended.
 */
export function useEditor<Draft extends object, Request, Faults>(
  first: Draft,
  read: (draft: Draft) => Read<Request, Faults>,
) {
  const [draft, setDraft] = useState(first);
  const [faults, setFaults] = useState<Faults | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState<Step | null>(null);
  const current = read(draft);
  return {
    draft,
    faults,
    refusal,
    busy,
    /** What would be sent; null while something is wrong. */
    request: current.request,
    change(part: Partial<Draft>) {
      const next = { ...draft, ...part };
      setDraft(next);
      if (faults) setFaults(read(next).faults);
    },
    async send<Value>(step: Step, ask: (request: Request) => Promise<Answer<Value>>, take: (value: Value) => void) {
      setFaults(current.faults);
      setRefusal(null);
      if (current.request === null || busy !== null) return;
      setBusy(step);
      const answer = await ask(current.request);
      setBusy(null);
      if (answer.ok) take(answer.value);
      else setRefusal(answer.refusal);
    },
  };
}

type EditorFrameProps = {
  title: string;
  /** What publishing means. */
  text: string;
  editor: { readonly refusal: Refusal | null; readonly busy: Step | null };
  /** Left out: there are no drafts. */
  onSave?: () => void;
  onPublish: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** The panel of a campaign before it is published. */
export function EditorFrame({ title, text, editor, onSave, onPublish, onClose, children }: EditorFrameProps) {
  const words = useMessages(opsCampaignsMessages);
  const publish = (
    <Button wide busy={editor.busy === 'publish'} onClick={onPublish}>
      {words.publish}
    </Button>
  );
  return (
    <StaffPanel
      wide
      title={title}
      onClose={onClose}
      foot={
        <>
          <CampaignRefused refusal={editor.refusal} />
          <p className="mb-2 text-14 text-ink-2">{text}</p>
          {onSave ? (
            <div className="grid grid-cols-2 gap-3">
              <Button look="quiet" wide busy={editor.busy === 'save'} onClick={onSave}>
                {words.save}
              </Button>
              {publish}
            </div>
          ) : (
            publish
          )}
        </>
      }
    >
      {children}
    </StaffPanel>
  );
}

/** In plain language, with the worst case; `missing` while the boxes do not make a campaign. */
export function EditorPreview({ sentences, missing }: { sentences: readonly string[] | null; missing: string }) {
  const words = useMessages(opsCampaignsMessages);
  return (
    <section aria-live="polite" className="mt-4 rounded-card bg-gold-soft px-4 py-3">
      <h3 className="text-14 font-semibold">{words.preview}</h3>
      {sentences === null ? (
        <p className="text-14">{missing}</p>
      ) : (
        <ul className="text-14">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
