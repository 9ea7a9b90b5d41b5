'use client';

import { packetPath } from '../../lib/domain/sharing/packet-link.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { packetInviteMessages } from '../../lib/messages/packet-invite.ts';
import { InviteSheet } from '../sharing/invite-sheet.tsx';
import { useMessages } from '../ui/locale.tsx';

type SharePacketProps = {
  open: boolean;
  code: string;
  stepFen: number;
  /** What a friend gets who takes one from it; null: nothing, or it is not known here. */
  guestFen: number | null;
  onClose: () => void;
};

/** Handing a packet on, with what a friend gets of it. */
export function SharePacket({ open, code, stepFen, guestFen, onClose }: SharePacketProps) {
  const words = useMessages(packetInviteMessages);
  const guest = guestFen === null ? null : yuanText(guestFen);
  return (
    <InviteSheet
      open={open}
      code={code}
      path={packetPath(code)}
      words={{
        title: words.title,
        codeHow: words.codeHow,
        lead: guest === null ? words.lastLead(yuanText(stepFen)) : words.lead(guest),
        shareTitle: guest === null ? words.lastShareTitle : words.shareTitle(guest),
        text: (shop, url) => (guest === null ? words.lastText(shop, url) : words.text(shop, guest, url)),
      }}
      poster={{
        kind: 'reward',
        mechanic: 'packet_share',
        hero: `¥${guest ?? yuanText(stepFen)}`,
        title: guest === null ? words.lastShareTitle : words.shareTitle(guest),
        lines: [words.posterLine],
      }}
      onClose={onClose}
    />
  );
}
