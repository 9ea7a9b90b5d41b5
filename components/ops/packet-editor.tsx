'use client';

import { call } from '../../lib/client/api.ts';
import { opsPacketsMessages } from '../../lib/messages/ops-packets.ts';
import { StaffRefused } from '../staff/staff-state.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { MomentField, NameFields, NumberField, ScopeField } from './campaign-fields.tsx';
import { EditorFrame, EditorPreview, useEditor } from './editor-frame.tsx';
import { LawFaults } from './law-faults.tsx';
import { type PacketDraft, type PacketFaults, packetRequest } from './packet-draft.ts';
import { type OpsPackets, saysPacket } from './packet-says.ts';

type PacketEditorProps = {
  first: PacketDraft;
  /** The draft was saved before: what the law has against it as it was. */
  faults: OpsPackets['campaigns'][number]['faults'];
  isNew: boolean;
  /** The server's clock when the page was read, epoch ms. */
  now: number;
  categories: OpsPackets['categories'];
  onClose: () => void;
  onSaved: (answer: OpsPackets, isPublished: boolean) => void;
};

type BoxName = 'base' | 'guest' | 'step' | 'cap' | 'generations' | 'life' | 'startsAt' | 'endsAt' | 'budget';

/** A packet campaign before it is published: what is wrong in its place, and in plain language what it would be and cost. */
export function PacketEditor({
  first,
  faults: lawFaults,
  isNew,
  now,
  categories,
  onClose,
  onSaved,
}: PacketEditorProps) {
  const words = useMessages(opsPacketsMessages);
  const locale = useLocale();
  const editor = useEditor(first, (draft: PacketDraft) => packetRequest(draft, now));
  const { draft, faults, change, request } = editor;

  function send(isPublished: boolean) {
    return editor.send(
      isPublished ? 'publish' : 'save',
      async (wanted) => {
        const saved = await call('ops.savePacketCampaign', wanted);
        return saved.ok && isPublished ? call('ops.publishPacketCampaign', { id: draft.id }) : saved;
      },
      (answer) => onSaved(answer, isPublished),
    );
  }

  const box = (name: BoxName, place: keyof PacketFaults, label: string, error?: string) => ({
    id: `packet-${name}`,
    label,
    value: draft[name],
    isWrong: faults?.[place],
    error,
    onChange: (value: string) => change({ [name]: value }),
  });

  return (
    <EditorFrame
      title={isNew ? words.make : words.editTitle}
      text={words.publishText}
      editor={editor}
      onSave={() => send(false)}
      onPublish={() => send(true)}
      onClose={onClose}
    >
      {editor.refusal === null && draft === first && <LawFaults faults={lawFaults} />}
      <NameFields draft={draft} isWrong={faults?.name ?? false} change={change} />
      <div className="mt-4 grid grid-cols-2 gap-3 desk:grid-cols-4">
        <NumberField {...box('base', 'amounts', words.base)} />
        <NumberField {...box('step', 'amounts', words.step)} />
        <NumberField {...box('cap', 'amounts', words.cap)} />
        <NumberField {...box('guest', 'amounts', words.guest)} />
      </div>
      <StaffRefused text={faults?.amounts ? words.amountsWrong : null} />
      <div className="mt-3 grid grid-cols-2 gap-3 desk:grid-cols-4">
        <NumberField {...box('generations', 'generations', words.generations)} />
        <NumberField {...box('life', 'generations', words.life)} />
      </div>
      <StaffRefused text={faults?.generations ? words.generationsWrong : null} />
      <ScopeField draft={draft} categories={categories} isWrong={faults?.scope ?? false} change={change} />
      <div className="mt-4 grid gap-3 desk:grid-cols-3">
        <MomentField {...box('startsAt', 'times', words.startsAt)} />
        <MomentField {...box('endsAt', 'times', words.endsAt, words.timesWrong)} />
        <NumberField {...box('budget', 'budget', words.budgetYuan, words.budgetWrong)} />
      </div>
      <EditorPreview sentences={request && saysPacket(request, categories, locale)} missing={words.previewMissing} />
    </EditorFrame>
  );
}
