import { createHmac, timingSafeEqual } from 'node:crypto';
import { HOUR_MS } from '../../lib/domain/time.ts';

/** A page asks again after a reconnect, so a room's key need not be good for long. */
const GOOD_FOR_MS = HOUR_MS;
const SHAPE = /^([A-Za-z0-9_.:-]{1,64})~([0-9a-z]{1,11})~([\w-]{43})$/;

export type StudioRooms = {
  /** What opens the live room of a campaign for an hour. No row is written: the signature is all there is. */
  keyOf(campaignId: string, now: number): { room: string; expiresAt: number };
  /** The campaign whose room this opens; null when it is not ours, or too old. */
  campaignOf(room: string, now: number): string | null;
};

/** @param secret of the installation; rooms have a key of their own, derived from it. */
export function studioRooms(secret: string): StudioRooms {
  const key = createHmac('sha256', secret).update('studio-room').digest();
  const sign = (text: string) => createHmac('sha256', key).update(text).digest();
  return {
    keyOf(campaignId, now) {
      const expiresAt = now + GOOD_FOR_MS;
      const claim = `${campaignId}~${expiresAt.toString(36)}`;
      return { room: `${claim}~${sign(claim).toString('base64url')}`, expiresAt };
    },
    campaignOf(room, now) {
      const [, campaignId = '', expires = '', signature = ''] = SHAPE.exec(room) ?? [];
      if (campaignId === '' || Number.parseInt(expires, 36) < now) return null;
      const given = Buffer.from(signature, 'base64url');
      const right = sign(`${campaignId}~${expires}`);
      return given.length === right.length && timingSafeEqual(given, right) ? campaignId : null;
    },
  };
}
