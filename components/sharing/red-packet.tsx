import type { ReactNode } from 'react';
import { cx } from '../ui/cx.ts';
import './red-packet.css';

type RedPacketProps = {
  /** `grey`: it came to nothing. */
  look: 'closed' | 'open' | 'grey';
  /** Shown once, when it is set: good news of the whole, or the opening of one's own. */
  play?: 'shine' | 'open' | null;
  /** On the seal; none: the sign alone. */
  seal?: string;
  /** On the pocket. */
  face?: ReactNode;
  /** On the card that rises out of it. */
  card?: ReactNode;
  onPlayed?: () => void;
};

/** The one loud thing of a packet's page. A picture: what it means is said in words beside it. */
export function RedPacket({ look, play = null, seal = '¥', face, card, onPlayed }: RedPacketProps) {
  return (
    <div
      className="packet"
      data-look={look}
      data-play={play ?? undefined}
      onAnimationEnd={(event) => {
        const { classList } = event.target as HTMLElement;
        if (play !== null && classList.contains('packet-rays')) onPlayed?.();
      }}
    >
      <span aria-hidden="true" className="packet-rays -z-10" />
      <span aria-hidden="true" className="packet-back" />
      <div className="packet-card flex flex-col items-center px-1 pt-3 text-center">{card}</div>
      <span aria-hidden="true" className="packet-pocket" />
      <span aria-hidden="true" className="packet-flap" />
      {look !== 'open' && (
        <span
          aria-hidden="true"
          className={cx(
            'packet-seal grid place-items-center font-bold',
            seal.length > 1 ? 'text-[min(0.875rem,4vw)]' : 'text-[min(1.375rem,6vw)]',
          )}
        >
          {seal}
        </span>
      )}
      <div className="packet-face grid place-items-center text-center">{face}</div>
    </div>
  );
}
