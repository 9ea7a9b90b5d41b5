import * as z from 'zod/mini';
import {
  codeGivenShape,
  command,
  epochShape,
  idShape,
  keyShape,
  localizedShape,
  read,
  refusal,
  shareCodeShape,
} from './contract.ts';
import { lineProblemShape, orderShape } from './order.ts';
import { pickupBriefShape, pickupStateShape } from './pickup-shape.ts';

/* An order for pickup as its owner sees it, and a friend whom he sends. Words of the room: lib/domain/pickup/pickup.ts. */

/** What a phone needs to show a code without network: the QR is `tokenAt(secret, codeId, now)`. */
export const shownCodeShape = z.object({
  codeId: z.string(),
  /** Eight digits; shown with the last four of the owner's phone where the phone's clock cannot be trusted. */
  digits: z.string(),
  /** 64 hexadecimal digits; it never leaves the phone. */
  secret: z.string(),
});
export type ShownCode = z.output<typeof shownCodeShape>;

const friendShape = z.object({ code: shareCodeShape, madeAt: epochShape });

export const pickupCode = read('pickup.code', {
  who: 'verified',
  summary: 'The code of one’s own order for pickup; none before the goods are ready and none once all is handed over',
  request: z.strictObject({ orderId: idShape }),
  value: z.object({
    now: epochShape,
    orderId: idShape,
    pickup: pickupBriefShape,
    code: z.nullable(shownCodeShape),
    /** The last four of the phone that the order was made with. */
    lastFour: z.string(),
    /** The code that a friend has, for one handing over. */
    friend: z.nullable(friendShape),
  }),
});

const cannot = refusal('pickup_cannot_move', { state: z.nullable(pickupStateShape) });

export const pickupChangeStore = command('pickup.changeStore', {
  who: 'verified',
  summary:
    'Another store for a paid order that is not ready yet: all of its goods, or none; the same store again changes nothing',
  request: z.strictObject({ orderId: idShape, storeId: idShape }),
  value: z.object({ order: orderShape }),
  refusals: [
    cannot,
    refusal('unknown_store'),
    refusal('store_not_open'),
    refusal('lines_refused', { problems: z.array(lineProblemShape) }),
  ],
});

export const pickupGiveFriendCode = command('pickup.giveFriendCode', {
  who: 'verified',
  summary: 'A code for a friend who fetches the goods: good once; the one before it is good no longer. Once per key',
  request: z.strictObject({ key: keyShape, orderId: idShape }),
  value: z.object({ friend: friendShape }),
  refusals: [cannot],
});

export const pickupTakeFriendCode = command('pickup.takeFriendCode', {
  who: 'verified',
  summary: 'Takes the friend’s code back; again changes nothing',
  request: z.strictObject({ orderId: idShape }),
  value: z.object({}),
});

export const pickupFriend = read('pickup.friend', {
  who: 'anyone',
  summary: 'What a friend shows at the counter, by the code of the link that he was sent',
  request: z.strictObject({ code: codeGivenShape }),
  value: z.object({
    now: epochShape,
    code: shownCodeShape,
    store: pickupBriefShape.shape.store,
    fetchBefore: epochShape,
    /** What is fetched, without prices. */
    lines: z.array(z.object({ title: localizedShape, choice: localizedShape, quantity: z.int() })),
  }),
  refusals: [refusal('friend_code_over')],
});
