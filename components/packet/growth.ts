import type { PacketPicture } from '../../lib/contracts/packet.ts';

/** What a packet may still become, from its picture. */
export type Growth = {
  /** What it will have more when everybody who has come by has verified a phone, fen. */
  readonly pendingFen: number;
  /** New friends that are still needed after those. */
  readonly friendsLeft: number;
};

type Facts = Pick<PacketPicture, 'valueFen' | 'stepFen' | 'capFen' | 'stepsLeft' | 'pendingCount'>;

export function growthOf({ valueFen, stepFen, capFen, stepsLeft, pendingCount }: Facts): Growth {
  return {
    pendingFen: Math.min(pendingCount * stepFen, capFen - valueFen),
    friendsLeft: Math.max(0, stepsLeft - pendingCount),
  };
}

/** From 0 at its base to 1 at its cap. */
export function shareGrown(fen: number, { baseFen, capFen }: Pick<PacketPicture, 'baseFen' | 'capFen'>): number {
  return capFen > baseFen ? Math.min(1, Math.max(0, (fen - baseFen) / (capFen - baseFen))) : 1;
}
