'use client';

import { packetPath } from '../../lib/domain/sharing/packet-link.ts';
import { teamPartsMessages } from '../../lib/messages/team-parts.ts';
import { teamRoomMessages } from '../../lib/messages/team-room.ts';
import { NoSuchCode } from '../sharing/no-such-code.tsx';
import { useMessages } from '../ui/locale.tsx';

/** There is no team of this code; `packetCode`: it is that of a growing packet, which is a tap away. */
export function UnknownTeam({ packetCode }: { packetCode: string | null }) {
  const words = useMessages(teamRoomMessages);
  const parts = useMessages(teamPartsMessages);
  const enter = { path: '/team?code', word: words.enterCode };
  return packetCode === null ? (
    <NoSuchCode
      title={words.unknown}
      text={words.unknownText}
      onward={{ path: '/team', word: parts.again }}
      enter={enter}
    />
  ) : (
    <NoSuchCode
      title={words.ofPacket}
      text={words.ofPacketText}
      onward={{ path: packetPath(packetCode), word: words.toPacket }}
      enter={enter}
    />
  );
}
