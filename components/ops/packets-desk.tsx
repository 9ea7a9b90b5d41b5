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
import { CampaignItem, type RowCommands } from './campaign-item.tsx';
import type { PanelCommands } from './campaign-panels.tsx';
import { newPacket, type PacketDraft, packetIn } from './packet-draft.ts';
import { type OpsPackets, saysFirst, saysTerms } from './packet-says.ts';
import { useAskAtNextChange } from './use-ask-at-next-change.ts';

const PacketEditor = late(() => import('./packet-editor.tsx').then((module) => module.PacketEditor));
const CampaignPanels = late(() => import('./campaign-panels.tsx').then((module) => module.CampaignPanels<OpsPackets>));

const COMMANDS: RowCommands<OpsPackets> & PanelCommands<OpsPackets> = {
  publish: (id) => call('ops.publishPacketCampaign', { id }),
  approve: (id) => call('ops.approvePacketCampaign', { id }),
  stop: (given) => call('ops.stopPacketCampaign', given),
  lift: (given) => call('ops.liftPacketCampaign', given),
  raise: (given) => call('ops.raisePacketCampaign', given),
  approveRaise: (raiseId) => call('ops.approvePacketRaise', { raiseId }),
  undoRaise: (raiseId) => call('ops.undoPacketRaise', { raiseId }),
};

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
            <CampaignItem
              key={packet.id}
              campaign={packet}
              words={words}
              lead={saysFirst(packet, locale)}
              terms={saysTerms(packet, read.value?.categories ?? [], locale)}
              figures={figureRows(packet, words)}
              commands={COMMANDS}
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
          <CampaignPanels
            campaign={open.packet}
            what={open.what}
            words={words}
            commands={COMMANDS}
            onClose={() => setOpen(null)}
            onTaken={take}
          />
        )}
      </Suspense>
    </>
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
