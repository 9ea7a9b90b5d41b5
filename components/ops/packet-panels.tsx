'use client';

import { call } from '../../lib/client/api.ts';
import type { OpsPacketCampaign } from '../../lib/contracts/ops-packet.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { opsCampaignsMessages } from '../../lib/messages/ops-campaigns.ts';
import { opsPacketsMessages } from '../../lib/messages/ops-packets.ts';
import { useLocale } from '../ui/locale.tsx';
import { LiftPanel } from './lift-panel.tsx';
import type { OpsPackets } from './packet-says.ts';
import { RaisePacketPanel } from './raise-packet-panel.tsx';
import { StopPanel } from './stop-panel.tsx';

type PacketPanelsProps = {
  packet: OpsPacketCampaign;
  what: 'stop' | 'lift' | 'raise';
  onClose: () => void;
  onTaken: (answer: OpsPackets, said: string) => void;
};

/** What is asked before a campaign is stopped (a draft: thrown away), let go on, or given more money. */
export function PacketPanels({ packet, what, onClose, onTaken }: PacketPanelsProps) {
  const locale = useLocale();
  const words = opsPacketsMessages[locale];
  const common = opsCampaignsMessages[locale];
  const { id } = packet;
  const name = inLocale(packet.name, locale);
  const isDraft = packet.state === 'draft';
  if (what === 'raise') {
    return <RaisePacketPanel packet={packet} onClose={onClose} onDone={(answer) => onTaken(answer, words.asked)} />;
  }
  if (what === 'lift') {
    return (
      <LiftPanel
        name={name}
        lift={({ reason }) => call('ops.liftPacketCampaign', { id, reason })}
        onClose={onClose}
        onLifted={(answer) => onTaken(answer, common.lifted)}
      />
    );
  }
  return (
    <StopPanel
      title={isDraft ? words.discard : words.stopTitle}
      name={name}
      text={isDraft ? words.discardText : words.stopText}
      {...(isDraft && { action: words.discard })}
      {...(!isDraft && {
        fates: {
          legend: words.held,
          keep: { name: words.keepHeld, text: words.keepHeldText },
          withdraw: { name: words.withdrawHeld, text: words.withdrawHeldText },
        },
      })}
      stop={(given) => call('ops.stopPacketCampaign', { id, ...given })}
      onClose={onClose}
      onStopped={(answer) => onTaken(answer, isDraft ? words.discarded : common.stopped)}
    />
  );
}
