import * as z from 'zod/mini';
import {
  command,
  epochShape,
  fenShape,
  idShape,
  keyShape,
  localizedShape,
  quantityShape,
  read,
  refusal,
} from './contract.ts';
import { pickupStateShape } from './pickup-shape.ts';

/*
 * The counter of a store, for clerks. A clerk belongs to one store at a time; everything he reads and does is of that
 * store, from the moment he was posted there. Words of the room: lib/domain/pickup/pickup.ts.
 */

/** Made by the device, kept by it. */
const deviceIdShape = z.uuid();
const dayShape = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const storeShape = z.object({ id: idShape, name: localizedShape });
const linesShape = z.array(
  z.strictObject({ lineNumber: z.int().check(z.minimum(1), z.maximum(200)), quantity: quantityShape }),
);

/** A handing over that stands, or that was taken back. */
export const handoverShape = z.object({
  id: z.uuid(),
  at: epochShape,
  clerkName: z.string(),
  isMine: z.boolean(),
  /** Until when a second person may take it back. */
  undoUntil: epochShape,
  undoneAt: z.nullable(epochShape),
  undoneBy: z.nullable(z.string()),
  /** By what the shopper was known. */
  shown: z.enum(['token', 'digits', 'friend_token', 'friend_digits', 'offline']),
  lines: z.array(z.object({ lineNumber: z.int(), quantity: z.int() })),
});
export type Handover = z.output<typeof handoverShape>;

/** An order as the clerk sees it: goods and a masked phone, no address. */
export const counterOrderShape = z.object({
  orderId: idShape,
  state: z.nullable(pickupStateShape),
  /** What was paid and has not gone back. */
  paidFen: fenShape,
  phoneMasked: z.string(),
  note: z.string(),
  promisedAt: epochShape,
  readyAt: z.nullable(epochShape),
  fetchBefore: z.nullable(epochShape),
  isExtended: z.boolean(),
  /** Its owner has asked for his money back. */
  isRefunding: z.boolean(),
  /** Another counter, or this one, may hand it over without network until then. */
  heldByCounterUntil: z.nullable(epochShape),
  lines: z.array(
    z.object({
      lineNumber: z.int(),
      skuId: idShape,
      title: localizedShape,
      choice: localizedShape,
      picturePath: z.nullable(z.string()),
      quantity: z.int(),
      handed: z.int(),
      refunded: z.int(),
      /** On its way from the warehouse. */
      isAwaited: z.boolean(),
    }),
  ),
  handovers: z.array(handoverShape),
});
export type CounterOrder = z.output<typeof counterOrderShape>;

const noStore = refusal('no_store');
const wrongStore = refusal('wrong_store', { store: storeShape });
/** Why goods are not handed over; each is a screen of its own. */
const notNow = [
  noStore,
  wrongStore,
  /** Said at every counter: when, by whom and in which store. */
  refusal('already_handed', { store: storeShape, handover: z.nullable(handoverShape) }),
  refusal('refund_in_progress'),
  refusal('pickup_refunded'),
  refusal('pickup_not_paid'),
  refusal('pickup_not_ready', { promisedAt: epochShape }),
  refusal('pickup_expired', { expiredAt: epochShape }),
  refusal('held_by_counter', { until: epochShape }),
] as const;

export const counterHome = read('counter.home', {
  who: 'clerk',
  summary: 'Who stands at which counter, and whether his codes are looked at now',
  request: z.strictObject({}),
  value: z.object({
    now: epochShape,
    clerk: z.object({ id: idShape, name: z.string() }),
    /** Null: he is posted nowhere. */
    store: z.nullable(storeShape),
    lockedUntil: z.nullable(epochShape),
    counts: z.object({
      preparing: z.int(),
      awaited: z.int(),
      ready: z.int(),
      handedToday: z.int(),
      conflicts: z.int(),
    }),
    /** The lease that runs at this store. */
    lease: z.nullable(z.object({ id: z.uuid(), deviceId: deviceIdShape, until: epochShape, orders: z.int() })),
  }),
});

export const counterScan = command('counter.scan', {
  who: 'clerk',
  summary: 'Whose code this is, and what there is to hand over; changes nothing but the count of wrong codes',
  request: z.strictObject({
    /** What was scanned or typed, as it came. */
    text: z.string().check(z.minLength(1), z.maxLength(200)),
    /** Of the owner's phone; with digits it is needed. */
    lastFour: z.optional(z.string().check(z.regex(/^\d{4}$/))),
    deviceId: z.optional(deviceIdShape),
  }),
  value: z.object({
    now: epochShape,
    order: counterOrderShape,
    /** Goes with `counter.handOver`; proof that a code was shown. */
    ticket: z.string(),
    ticketUntil: epochShape,
    isFriend: z.boolean(),
  }),
  refusals: [
    ...notNow,
    refusal('unreadable_code'),
    refusal('mistyped_code'),
    refusal('last_four_needed'),
    refusal('unknown_pickup_code', { triesLeft: z.int() }),
    /** An old QR: a picture of the screen, or a phone whose clock is wrong. */
    refusal('stale_code'),
    refusal('friend_code_over'),
    refusal('counter_locked', { until: epochShape }),
    /** It is a store coupon's: `counter.scanCoupon` says what it gives. */
    refusal('coupon_code'),
  ],
});

export const counterHandOver = command('counter.handOver', {
  who: 'clerk',
  summary: 'Hands over all that waits, or some of it. Once per unit, whoever scans again; once per key',
  request: z.strictObject({
    key: keyShape,
    ticket: z.string().check(z.minLength(10), z.maxLength(400)),
    /** Left out: all that waits. */
    lines: z.optional(linesShape.check(z.minLength(1), z.maxLength(100))),
    deviceId: z.optional(deviceIdShape),
  }),
  value: z.object({ now: epochShape, order: counterOrderShape, handover: handoverShape, isReplay: z.boolean() }),
  refusals: [
    ...notNow,
    refusal('ticket_over'),
    refusal('friend_code_over'),
    refusal('too_many_to_hand', { lineNumber: z.int(), left: z.int() }),
  ],
});

export const counterUndo = command('counter.undo', {
  who: 'clerk',
  summary: 'A second person takes a handing over back within a minute; again changes nothing',
  request: z.strictObject({ handoverId: z.uuid() }),
  value: z.object({ now: epochShape, order: counterOrderShape }),
  refusals: [
    noStore,
    wrongStore,
    refusal('second_person_needed'),
    refusal('undo_too_late'),
    refusal('refund_in_progress'),
  ],
});

export const counterOrders = read('counter.orders', {
  who: 'clerk',
  summary: 'Orders of this store: to prepare, to hand over, handed over today; found by the last four of the phone',
  request: z.strictObject({
    list: z.enum(['preparing', 'ready', 'today']),
    lastFour: z.optional(z.string().check(z.regex(/^\d{4}$/))),
    /** The id of the last order of the page before. */
    after: z.optional(idShape),
  }),
  value: z.object({ now: epochShape, orders: z.array(counterOrderShape), nextAfter: z.nullable(idShape) }),
  refusals: [noStore],
});

const oneOrder = z.object({ now: epochShape, order: counterOrderShape });
const cannot = refusal('pickup_cannot_move', { state: z.nullable(pickupStateShape) });

export const counterReady = command('counter.ready', {
  who: 'clerk',
  summary: 'The goods are put aside: makes the code and tells the owner; again changes nothing',
  request: z.strictObject({ orderId: idShape }),
  value: oneOrder,
  refusals: [
    noStore,
    wrongStore,
    cannot,
    refusal('pickup_not_paid'),
    refusal('refund_in_progress'),
    refusal('goods_awaited', { lineNumbers: z.array(z.int()) }),
    refusal('order_in_review', { until: z.nullable(epochShape) }),
  ],
});

export const counterArrive = command('counter.arrive', {
  who: 'clerk',
  summary: 'Goods of an order have come from the warehouse; again changes nothing',
  request: z.strictObject({ orderId: idShape }),
  value: oneOrder,
  refusals: [noStore, wrongStore, cannot, refusal('pickup_not_paid'), refusal('refund_in_progress')],
});

export const counterExtend = command('counter.extend', {
  who: 'clerk',
  summary: 'Three days more to fetch it, once; again changes nothing',
  request: z.strictObject({ orderId: idShape }),
  value: oneOrder,
  refusals: [noStore, wrongStore, cannot, refusal('pickup_not_paid')],
});

export const counterDay = read('counter.day', {
  who: 'clerk',
  summary: 'A day of this store in China: totals, and who did what',
  request: z.strictObject({ day: z.optional(dayShape) }),
  value: z.object({
    now: epochShape,
    day: dayShape,
    totals: z.object({ handovers: z.int(), orders: z.int(), units: z.int(), undone: z.int(), wrongCodes: z.int() }),
    clerks: z.array(
      z.object({
        id: idShape,
        name: z.string(),
        handovers: z.int(),
        units: z.int(),
        undone: z.int(),
        wrongCodes: z.int(),
        /** Known by digits or by a list, not by a token that changes. */
        withoutToken: z.int(),
      }),
    ),
    /** Newest first, 200 at most. */
    log: z.array(
      z.object({
        at: epochShape,
        clerkName: z.string(),
        what: z.enum([
          'handed',
          'undone',
          'ready',
          'arrived',
          'extended',
          'wrong_code',
          'locked',
          'leased',
          'reconciled',
          'conflict',
          'redeemed',
          'redemption_undone',
        ]),
        orderId: z.nullable(idShape),
        units: z.int(),
      }),
    ),
  }),
  refusals: [noStore],
});

/** One order of a lease, as far as a counter without network needs it. */
export const leasedOrderShape = z.object({
  orderId: idShape,
  phoneMasked: z.string(),
  fetchBefore: epochShape,
  /** SHA-256 of `${salt}|${digits}|${lastFour}`: what is typed is held against it. */
  proof: z.string(),
  lines: z.array(z.object({ lineNumber: z.int(), title: localizedShape, choice: localizedShape, quantity: z.int() })),
});

export const counterLease = command('counter.lease', {
  who: 'clerk',
  summary:
    'Gives one device the ready orders of its store to hand over without network; other counters wait. Asked again by the same device: a longer one',
  request: z.strictObject({ deviceId: deviceIdShape }),
  value: z.object({
    now: epochShape,
    lease: z.object({
      id: z.uuid(),
      /** The device's right ends here; the server's hold a minute later. */
      until: epochShape,
      salt: z.string(),
      orders: z.array(leasedOrderShape),
      /** Of the list as text, by the shop: a list that was changed is not believed. */
      signature: z.string(),
    }),
  }),
  refusals: [noStore, refusal('held_by_counter', { until: epochShape })],
});

export const counterReconcile = command('counter.reconcile', {
  who: 'clerk',
  summary:
    'What a device handed over without network; who wrote first wins, and what lost is told. Ends its lease; once per key',
  request: z.strictObject({
    leaseId: z.uuid(),
    deviceId: deviceIdShape,
    handovers: z
      .array(
        z.strictObject({
          key: keyShape,
          orderId: idShape,
          /** On the device's clock, as it was set by the server's. */
          at: epochShape,
          digits: z.string().check(z.regex(/^\d{8}$/)),
          lastFour: z.string().check(z.regex(/^\d{4}$/)),
          lines: z.optional(linesShape.check(z.minLength(1), z.maxLength(100))),
        }),
      )
      .check(z.maxLength(300)),
  }),
  value: z.object({
    now: epochShape,
    results: z.array(
      z.object({
        key: keyShape,
        orderId: idShape,
        outcome: z.enum(['handed', 'conflict']),
        /** Why it could not be written: a code of `counter.handOver`, or `wrong_proof`. */
        reason: z.nullable(z.string()),
        order: z.nullable(counterOrderShape),
      }),
    ),
  }),
  refusals: [noStore, refusal('unknown_lease')],
});
