'use client';

import { type CSSProperties, useEffect, useRef, useState } from 'react';
import type { PacketPicture } from '../../lib/contracts/packet.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { RedPacket } from '../sharing/red-packet.tsx';
import { Price } from '../ui/price.tsx';
import { growthOf, shareGrown } from './growth.ts';
import { useRolled } from './use-rolled.ts';
import './growth.css';

/** The packet as large as it has grown, in the outline of what is promised; it grows before one's eyes. */
export function GrowingPacket({ packet }: { packet: PacketPicture }) {
  const { valueFen, state } = packet;
  const isAlive = state === 'growing' || state === 'full' || state === 'locked';
  const { pendingFen } = growthOf(packet);
  const shownFen = useRolled(valueFen);
  const before = useRef(valueFen);
  const [isShining, setIsShining] = useState(false);
  useEffect(() => {
    if (valueFen > before.current) setIsShining(true);
    before.current = valueFen;
  }, [valueFen]);
  const sizes = {
    '--grown': shareGrown(valueFen, packet),
    '--promised': shareGrown(valueFen + pendingFen, packet),
  } as CSSProperties;
  return (
    <div className="growing" style={sizes}>
      {isAlive && pendingFen > 0 && (
        <>
          <span aria-hidden="true" className="growing-promise" />
          <span
            key={pendingFen}
            aria-hidden="true"
            className="growing-chip figures rounded-full bg-gold-shape px-2 py-0.5 text-[min(0.875rem,4vw)] font-semibold text-on-gold shadow-card"
          >
            +¥{yuanText(pendingFen)}
          </span>
        </>
      )}
      <div className="growing-size">
        <RedPacket
          look={isAlive ? 'closed' : 'grey'}
          play={isShining ? 'shine' : null}
          onPlayed={() => setIsShining(false)}
          face={<Price fen={shownFen} className="block text-[min(1.75rem,8vw)] font-bold" />}
        />
      </div>
    </div>
  );
}
