import type { Locale } from '../contracts/contract.ts';
import type { AnyRefusal } from '../contracts/named.ts';
import { chinaTime } from './china-time.ts';

type Code =
  | 'pickup_cannot_move'
  | 'unknown_store'
  | 'store_not_open'
  | 'friend_code_over'
  | 'no_store'
  | 'wrong_store'
  | 'already_handed'
  | 'refund_in_progress'
  | 'pickup_refunded'
  | 'pickup_not_paid'
  | 'pickup_not_ready'
  | 'pickup_expired'
  | 'held_by_counter'
  | 'held_at_store'
  | 'unreadable_code'
  | 'mistyped_code'
  | 'last_four_needed'
  | 'unknown_pickup_code'
  | 'stale_code'
  | 'counter_locked'
  | 'ticket_over'
  | 'too_many_to_hand'
  | 'second_person_needed'
  | 'undo_too_late'
  | 'goods_awaited'
  | 'unknown_lease'
  | 'unknown_clerk';

type Sentences = { readonly [C in Code]: (facts: Extract<AnyRefusal, { code: C }>) => string };

/** Sentences of the refusals of store pickup, for shoppers and for clerks. */
export const pickupSentences: { readonly [L in Locale]: Sentences } = {
  'zh-CN': {
    pickup_cannot_move: ({ state }) =>
      (
        ({
          preparing: '门店还在备货，可取货后再操作',
          ready: '商品已备好，不能再改门店',
          handed_over: '商品已提走，不能再做这项操作',
          expired: '已超过取货时间，正在退款',
          refunded: '订单已退款',
        }) as Record<string, string>
      )[state ?? ''] ?? '订单还没有付款，付款后再操作',
    unknown_store: () => '没有找到这家门店，请重新选择',
    store_not_open: () => '这家门店暂停营业，请选择其他门店',
    friend_code_over: () => '这个代取码已失效，请向好友再要一个',
    no_store: () => '你还没有分配门店，请联系运营',
    wrong_store: ({ store }) => `请到“${store.name.zh}”提货`,
    already_handed: ({ store, handover }) =>
      handover === null
        ? '这单已经提走'
        : `这单已于 ${chinaTime(handover.at)} 在“${store.name.zh}”由${handover.isMine ? '你' : handover.clerkName}交付`,
    refund_in_progress: () => '顾客已申请退款，处理完之前不能交付',
    pickup_refunded: () => '这单已退款，不能交付',
    pickup_not_paid: () => '这单还没有付款，不能交付',
    pickup_not_ready: ({ promisedAt }) => `还在备货，预计 ${chinaTime(promisedAt)} 可取`,
    pickup_expired: ({ expiredAt }) => `已超过取货时间（${chinaTime(expiredAt)}），款项将自动退回`,
    held_by_counter: ({ until }) => `另一台设备正在离线交付，最迟 ${chinaTime(until)} 后可用，请到那台设备办理`,
    held_at_store: ({ until }) => `门店正在离线交付这单，最迟 ${chinaTime(until)} 后可以申请退款`,
    unreadable_code: () => '这不是提货码，请对准顾客手机上的二维码，或输入 8 位数字',
    mistyped_code: () => '数字有误，请核对后再输',
    last_four_needed: () => '请再输入下单手机号的后四位',
    unknown_pickup_code: ({ triesLeft }) => `没有找到这个提货码，请核对数字和手机后四位，还可以试 ${triesLeft} 次`,
    stale_code: () => '这是旧的二维码（可能是截图），请顾客打开实时页面，或输入数字和手机后四位',
    counter_locked: ({ until }) => `输错次数过多，${chinaTime(until)} 后可以再试，请换一位店员办理`,
    ticket_over: () => '确认时间已过，请再扫一次',
    too_many_to_hand: ({ left }) => `最多可交付 ${left} 件`,
    second_person_needed: () => '撤销需要另一位店员操作',
    undo_too_late: () => '已超过 60 秒，不能撤销；请让顾客申请退货',
    goods_awaited: () => '还有商品在调货途中，到店后再标记可取货',
    unknown_lease: () => '没有找到这次离线交付，请联网后重新开启',
    unknown_clerk: () => '没有找到这位店员',
  },
  'en-US': {
    pickup_cannot_move: ({ state }) =>
      (
        ({
          preparing: 'The store is still preparing it. Please wait until it is ready.',
          ready: 'It is ready to be fetched, so the store cannot be changed any more.',
          handed_over: 'It was handed over, so this can no longer be done.',
          expired: 'It was not fetched in time; the money is on its way back.',
          refunded: 'The order was refunded.',
        }) as Record<string, string>
      )[state ?? ''] ?? 'The order is not paid yet. Please pay it first.',
    unknown_store: () => 'There is no such store. Please choose another.',
    store_not_open: () => 'This store is closed for now. Please choose another.',
    friend_code_over: () => 'This code is good no longer. Ask your friend for another.',
    no_store: () => 'You are not posted at a store yet. Please ask the operator.',
    wrong_store: ({ store }) => `This is to be fetched at “${store.name.en}”.`,
    already_handed: ({ store, handover }) =>
      handover === null
        ? 'This was handed over already.'
        : `Handed over at ${chinaTime(handover.at)} (China time) by ${handover.isMine ? 'you' : handover.clerkName} in “${store.name.en}”.`,
    refund_in_progress: () => 'The shopper has asked for a refund; nothing is handed over until that is decided.',
    pickup_refunded: () => 'This order was refunded and cannot be handed over.',
    pickup_not_paid: () => 'This order is not paid and cannot be handed over.',
    pickup_not_ready: ({ promisedAt }) => `Not ready yet; promised by ${chinaTime(promisedAt)} (China time).`,
    pickup_expired: ({ expiredAt }) => `Its time was over at ${chinaTime(expiredAt)}; the money goes back by itself.`,
    held_by_counter: ({ until }) =>
      `Another device hands over without network, until ${chinaTime(until)} at the latest. Please go there.`,
    held_at_store: ({ until }) =>
      `The store hands this over without network now. You can ask for a refund after ${chinaTime(until)} at the latest.`,
    unreadable_code: () => 'That is no pickup code. Scan the QR on the shopper’s phone, or type the eight digits.',
    mistyped_code: () => 'There is a slip in these digits. Please check them.',
    last_four_needed: () => 'Please add the last four digits of the phone that the order was made with.',
    unknown_pickup_code: ({ triesLeft }) =>
      `No such code. Check the digits and the last four; ${triesLeft} tries left.`,
    stale_code: () =>
      'This QR is old, perhaps a screenshot. Ask for the live page, or type the digits and the last four.',
    counter_locked: ({ until }) => `Too many wrong codes. Try again after ${chinaTime(until)}, or ask another clerk.`,
    ticket_over: () => 'That took too long. Please scan again.',
    too_many_to_hand: ({ left }) => `${left} at most can be handed over.`,
    second_person_needed: () => 'Another clerk has to take this back.',
    undo_too_late: () => 'More than 60 seconds have passed. Let the shopper ask for a return.',
    goods_awaited: () => 'Some goods are still on their way here. Mark it ready when they have come.',
    unknown_lease: () => 'There is no such offline turn. Go online and start one again.',
    unknown_clerk: () => 'There is no such clerk.',
  },
};
