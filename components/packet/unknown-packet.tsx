'use client';

import { teamPath } from '../../lib/domain/sharing/team-link.ts';
import { packetRoomMessages } from '../../lib/messages/packet-room.ts';
import { NoSuchCode } from '../sharing/no-such-code.tsx';
import { useMessages } from '../ui/locale.tsx';

/** There is no packet of this code; `teamCode`: it is that of a team, which is a tap away. */
export function UnknownPacket({ teamCode }: { teamCode: string | null }) {
  const words = useMessages(packetRoomMessages);
  const enter = { path: '/packet?code', word: words.enterCode };
  return teamCode === null ? (
    <NoSuchCode
      title={words.unknown}
      text={words.unknownText}
      onward={{ path: '/packet', word: words.toAll }}
      enter={enter}
    />
  ) : (
    <NoSuchCode
      title={words.ofTeam}
      text={words.ofTeamText}
      onward={{ path: teamPath(teamCode), word: words.toTeam }}
      enter={enter}
    />
  );
}
