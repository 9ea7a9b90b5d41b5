'use client';

import { type ReactNode, Suspense, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { OpsPacketCampaign } from '../../lib/contracts/ops-packet.ts';
import type { PacketCampaignFrozen } from '../../lib/contracts/packet.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsCampaignsMessages } from '../../lib/messages/ops-campaigns.ts';
import { opsPacketsMessages } from '../../lib/messages/ops-packets.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { late } from '../ui/late.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { toast } from '../ui/toast.tsx';
import { CampaignRow, isLive } from './campaign-row.tsx';
import type { Refusal } from './law-faults.tsx';
import { newPacket, type PacketDraft, packetIn } from './packet-draft.ts';
import { type OpsPackets, saysFirst, saysTerms } from './packet-says.ts';
import { RaiseNote } from './raise-note.tsx';
import { useAskAtNextChange } from './use-ask-at-next-change.ts';

const PacketEditor = late(() => import('./packet-editor.tsx').then((module) => module.PacketEditor));
const PacketPanels = late(() => import('./packet-panels.tsx').then((module) => module.PacketPanels));

type Open = { readonly what: 'stop' | 'rules' | 'lift' | 'raise'; readonly packet: OpsPacketCampaign };
type Editing = { readonly draft: PacketDraft; readonly saved: OpsPacketCampaign | null };

type PacketsDeskProps = {
  /** Draws the rules sheet of the shoppers' pages. */
  rules: (given: {
    campaign: PacketCampaignFrozen;
    hash: string;
    /** Names in the language of the page. */
    categories: readonly (readonly [id: string, name: string])[];
    onClose: () => void;
  }) => ReactNode;
};

/** All campaigns of growing packets with their packets and money: make one, agree to a large one, read its rules, stop one. */
export function PacketsDesk({ rules }: PacketsDeskProps) {
  const words = useMessages(opsPacketsMessages);
  const common = useMessages(opsCampaignsMessages);
  const locale = useLocale();
  const read = useStaffRead('ops.packets', {});
  const [editing, setEditing] = useState<Editing | null>(null);
  const [open, setOpen] = useState<Open | null>(null);
  const campaigns = read.value?.campaigns ?? [];
  const now = read.value?.now ?? null;
  const moments = campaigns.flatMap(({ startsAt, endsAt, validFrom, raise, pause }) => [
    startsAt,
    endsAt,
    validFrom,
    raise?.validFrom,
    pause?.goesOnAt,
  ]);
  useAskAtNextChange(now, moments, read.reload);
  const take = (answer: OpsPackets, said: string) => {
    read.change(() => answer);
    setEditing(null);
    setOpen(null);
    toast(said);
  };

  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <h1 className="text-22 font-semibold">{words.title}</h1>
        <Button
          size="s"
          className="ml-auto"
          disabled={now === null}
          onClick={() => setEditing({ draft: newPacket(now ?? Date.now(), crypto.randomUUID()), saved: null })}
        >
          {words.make}
        </Button>
        <p className="w-full text-14 text-ink-2">{words.text}</p>
      </div>
      <StaffState
        read={read}
        isEmpty={campaigns.length === 0}
        empty={{ title: words.emptyTitle, text: words.emptyText }}
      >
        <ul className="flex flex-col gap-3">
          {campaigns.map((packet) => (
            <PacketRow
              key={packet.id}
              packet={packet}
              categories={read.value?.categories ?? []}
              onTaken={take}
              onEdit={() => setEditing({ draft: packetIn(packet), saved: packet })}
              onOpen={(what) => setOpen({ what, packet })}
            />
          ))}
        </ul>
      </StaffState>
      <Suspense>
        {editing && read.value && (
          <PacketEditor
            first={editing.draft}
            faults={editing.saved?.faults ?? []}
            isNew={editing.saved === null}
            now={read.value.now}
            categories={read.value.categories}
            onClose={() => setEditing(null)}
            onSaved={(answer, isPublished) => take(answer, isPublished ? common.published : common.saved)}
          />
        )}
        {open?.what === 'rules' &&
          rules({
            campaign: open.packet,
            hash: open.packet.hash ?? words.notFrozen,
            categories: (read.value?.categories ?? []).map((category) => [
              category.id,
              inLocale(category.name, locale),
            ]),
            onClose: () => setOpen(null),
          })}
        {open && open.what !== 'rules' && (
          <PacketPanels packet={open.packet} what={open.what} onClose={() => setOpen(null)} onTaken={take} />
        )}
      </Suspense>
    </>
  );
}

type RowProps = {
  packet: OpsPacketCampaign;
  categories: OpsPackets['categories'];
  onTaken: (answer: OpsPackets, said: string) => void;
  onEdit: () => void;
  onOpen: (what: Open['what']) => void;
};
type RowCommand = 'ops.publishPacketCampaign' | 'ops.approvePacketCampaign';
type RaiseCommand = 'ops.approvePacketRaise' | 'ops.undoPacketRaise';

function PacketRow({ packet, categories, onTaken, onEdit, onOpen }: RowProps) {
  const words = useMessages(opsPacketsMessages);
  const common = useMessages(opsCampaignsMessages);
  const locale = useLocale();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState<RowCommand | RaiseCommand | null>(null);
  const { id, state, raise } = packet;
  const name = inLocale(packet.name, locale);
  const mayWithdraw = !packet.isWithdrawn && (state === 'stopped' || state === 'over');

  async function send(command: RowCommand | RaiseCommand, said: string) {
    if (busy !== null) return;
    setBusy(command);
    setRefusal(null);
    const answer = await (command === 'ops.approvePacketRaise' || command === 'ops.undoPacketRaise'
      ? call(command, { raiseId: raise?.id ?? '' })
      : call(command, { id }));
    setBusy(null);
    if (answer.ok) onTaken(answer.value, said);
    else setRefusal(answer.refusal);
  }

  const small = (command: RowCommand | RaiseCommand, label: string, said: string, look: 'act' | 'quiet' = 'act') => (
    <Button look={look} size="s" busy={busy === command} onClick={() => send(command, said)}>
      {label}
    </Button>
  );
  const quiet = (label: string, onClick: () => void) => (
    <Button look="quiet" size="s" onClick={onClick}>
      {label}
    </Button>
  );

  return (
    <CampaignRow
      campaign={packet}
      name={name}
      words={words}
      actions={
        <>
          {state === 'waiting' && !packet.isOwn && small('ops.approvePacketCampaign', common.approve, words.approved)}
          {state === 'draft' && (
            <>
              {quiet(words.discard, () => onOpen('stop'))}
              {quiet(common.edit, onEdit)}
              {packet.faults.length === 0 && small('ops.publishPacketCampaign', common.publish, common.published)}
            </>
          )}
          {isLive(state) && raise === null && quiet(words.raise, () => onOpen('raise'))}
          {(isLive(state) || mayWithdraw) &&
            quiet(isLive(state) ? common.stop : words.withdrawHeld, () => onOpen('stop'))}
        </>
      }
      lead={saysFirst(packet, locale)}
      terms={[...saysTerms(packet, categories, locale), common.madeBy(packet.madeBy)]}
      figures={figureRows(packet, words)}
      refusal={refusal}
      onRules={() => onOpen('rules')}
      onLift={() => onOpen('lift')}
    >
      {raise && (
        <RaiseNote
          asked={words.raiseWaits(yuanText(raise.addFen), raise.askedBy)}
          validFrom={raise.validFrom}
          words={words}
          actions={
            <>
              {!raise.isOwn && small('ops.approvePacketRaise', words.approveRaise, words.raised)}
              {small('ops.undoPacketRaise', words.undoRaise, words.undone, 'quiet')}
            </>
          }
        />
      )}
    </CampaignRow>
  );
}

/** Packets by what became of them, then visits. */
const FIGURES = ['growing', 'full', 'locked', 'used', 'expired', 'withdrawn', 'pending', 'vested', 'lapsed'] as const;

function figureRows({ figures }: OpsPacketCampaign, words: (typeof opsPacketsMessages)['zh-CN']) {
  const count = (value: number) => value.toLocaleString('en-US');
  return [
    ...figures.issued.map((packets, index) => [words.generation(index + 1), count(packets)] as const),
    ...FIGURES.map((name) => [words[`count_${name}`], count(figures[name])] as const),
    [words.grown, `¥${yuanText(figures.grownFen)}`] as const,
  ];
}
