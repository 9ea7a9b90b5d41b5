import { waitlistJoin, waitlistLeave, waitlistList } from '../../lib/contracts/waitlist.ts';
import { handle, type Route } from '../platform/door.ts';
import type { WaitlistService } from './waitlist-service.ts';

export function waitlistRoutes({ waitlist }: { waitlist: WaitlistService }): Route[] {
  return [
    handle(waitlistJoin, ({ key, skuId, quantity }, { shopperId }) =>
      waitlist.join({ shopperId, key, skuId, quantity }),
    ),
    handle(waitlistLeave, ({ id }, { shopperId }) => waitlist.leave(shopperId, id)),
    handle(waitlistList, ({ skuId }, { shopperId }) => waitlist.list(shopperId, skuId ?? null)),
  ];
}
