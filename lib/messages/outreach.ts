import { defineMessages } from './define.ts';

/** Messages that leave the shop (SMS, later push); two lines at most, no name, no address. */
export const outreachMessages = defineMessages({
  'zh-CN': {
    paid: (order: string) => `【Festa】订单 ${order} 已付款，我们正在备货。`,
    shipped: (order: string, carrier: string, number: string) =>
      `【Festa】订单 ${order} 已发出，${carrier} ${number}，请留意收货。`,
    refunded: (order: string) => `【Festa】订单 ${order} 已退款，款项原路退回，预计 1-3 个工作日到账。`,
    partRefunded: (order: string) =>
      `【Festa】订单 ${order} 的部分款项已原路退回，预计 1-3 个工作日到账，其余商品不受影响。`,
    requestRefused: (order: string) => `【Festa】订单 ${order} 的退款申请没有通过，原因请看订单页。`,
    reviewHeld: (order: string) =>
      `【Festa】订单 ${order} 审核中：用了活动红包，打包前由人看一看，最长 24 小时；价格不变。`,
    reviewFreed: (order: string) => `【Festa】订单 ${order} 的审核已结束，我们正在备货。`,
    reviewRefused: (order: string) =>
      `【Festa】订单 ${order} 审核未通过，货款原路退回。原因见订单页，可在“我的”里申诉。`,
    closed: (order: string) => `【Festa】订单 ${order} 未在时限内支付，已关闭，未扣款。`,
    offered: (title: string, minutes: number) => `【Festa】候补成功：${title} 已为你保留，请在 ${minutes} 分钟内下单。`,
    offerLapsed: (title: string) => `【Festa】${title} 的候补保留已到时，件数已放回，未扣款。`,
    couponFreed: (name: string) => `【Festa】「${name}」的奖励审核通过，已到账，结算时自动抵扣。`,
    couponRefused: (name: string) => `【Festa】「${name}」的奖励审核未通过，已收回。可在“我的”查看原因并申诉。`,
    couponWithdrawn: (name: string) => `【Festa】「${name}」活动已撤回，你未使用的这张券已失效，已下单的优惠不受影响。`,
    /** On devices only; the earliest of `count` coupons by its name. */
    couponsLapsing: (name: string, count: number, until: string) =>
      count > 1 ? `「${name}」等 ${count} 张券快到期了，最早 ${until} 到期` : `「${name}」${until} 到期，去用掉吧`,
    packetLapsing: (name: string, until: string) => `【Festa】「${name}」你的红包 ${until} 后失效，去用掉它吧。`,
    teamSplit: (name: string, until: string) => `【Festa】「${name}」组队成功，你的红包已分好，请在 ${until} 前拆开。`,
    teamLapsing: (name: string, until: string) => `【Festa】「${name}」你的红包还没拆，${until} 后失效。`,
    teamFailed: (name: string) => `【Festa】「${name}」规定时间内没有组满，没有瓜分；如有安慰券，已放进你的券包。`,
    teamWithdrawn: (name: string) => `【Festa】「${name}」活动已撤回，这个队不再瓜分，已下单的优惠不受影响。`,
    pickupReady: (order: string, store: string, until: string) =>
      `【Festa】订单 ${order} 已备好，请在 ${until} 前凭提货码到${store}取货。`,
    pickupWaits: (order: string, store: string, until: string) =>
      `【Festa】订单 ${order} 还在${store}等你，${until} 前未提货将自动退款。`,
    pickupExtended: (order: string, until: string) => `【Festa】订单 ${order} 的取货时间已延长到 ${until}。`,
    pickupHanded: (order: string, store: string) =>
      `【Festa】订单 ${order} 已在${store}提货。不是你本人或好友？请联系我们。`,
    pickupHandedPart: (order: string, store: string) =>
      `【Festa】订单 ${order} 的部分商品已在${store}提货。不是你本人或好友？请联系我们。`,
    pickupUndone: (order: string, store: string) => `【Festa】订单 ${order} 在${store}的提货已撤销，商品仍为你保留。`,
    moneyReturned: (order: string) => `【Festa】订单 ${order} 多收到的一笔付款已原路退回，预计 1-3 个工作日到账。`,
  },
  'en-US': {
    paid: (order: string) => `[Festa] Order ${order} is paid. We are packing it.`,
    shipped: (order: string, carrier: string, number: string) =>
      `[Festa] Order ${order} is on its way: ${carrier} ${number}.`,
    refunded: (order: string) => `[Festa] Order ${order} is refunded to where it was paid from, in 1–3 working days.`,
    partRefunded: (order: string) =>
      `[Festa] Part of order ${order} is refunded to where it was paid from, in 1–3 working days. The rest goes on.`,
    requestRefused: (order: string) =>
      `[Festa] The refund you asked for on order ${order} was declined. See why on its page.`,
    reviewHeld: (order: string) =>
      `[Festa] Order ${order} used rewards of a campaign: a person looks at it before it is packed, within 24 hours.`,
    reviewFreed: (order: string) => `[Festa] The review of order ${order} is over. We are packing it.`,
    reviewRefused: (order: string) =>
      `[Festa] Order ${order} did not pass its review; your money goes back. See why on its page; you may appeal.`,
    closed: (order: string) => `[Festa] Order ${order} was not paid in time and is closed. Nothing was charged.`,
    offered: (title: string, minutes: number) =>
      `[Festa] Your turn: ${title} is held for you. Order it within ${minutes} min.`,
    offerLapsed: (title: string) =>
      `[Festa] The time for ${title} is over; what was held went back. Nothing was charged.`,
    couponFreed: (name: string) =>
      `[Festa] Your reward of “${name}” passed its review and is yours: checkout takes it by itself.`,
    couponRefused: (name: string) =>
      `[Festa] Your reward of “${name}” did not pass its review. See why, and appeal, under “Me”.`,
    couponWithdrawn: (name: string) =>
      `[Festa] “${name}” was withdrawn, and your unused coupon with it. Orders that have it keep it.`,
    couponsLapsing: (name: string, count: number, until: string) =>
      count > 1
        ? `“${name}” and ${count - 1} more run out soon, the first on ${until} (China time)`
        : `“${name}” runs out on ${until} (China time). Use it before.`,
    packetLapsing: (name: string, until: string) =>
      `[Festa] “${name}”: your red packet can be used until ${until} (China time).`,
    teamSplit: (name: string, until: string) =>
      `[Festa] “${name}”: your team is full. Open your share before ${until} (China time).`,
    teamLapsing: (name: string, until: string) =>
      `[Festa] “${name}”: your share is not open yet and is gone after ${until} (China time).`,
    teamFailed: (name: string) =>
      `[Festa] “${name}”: your team did not fill in time. A consolation coupon, if there is one, is in your wallet.`,
    teamWithdrawn: (name: string) =>
      `[Festa] “${name}” was withdrawn, and this team with it. Orders that have a coupon of it keep it.`,
    pickupReady: (order: string, store: string, until: string) =>
      `[Festa] Order ${order} is ready: fetch it with your pickup code at ${store} until ${until} (China time).`,
    pickupWaits: (order: string, store: string, until: string) =>
      `[Festa] Order ${order} still waits at ${store}. It is refunded by itself if not fetched by ${until} (China time).`,
    pickupExtended: (order: string, until: string) =>
      `[Festa] You have until ${until} (China time) to fetch order ${order}.`,
    pickupHanded: (order: string, store: string) =>
      `[Festa] Order ${order} was handed over at ${store}. Neither you nor a friend? Please contact us.`,
    pickupHandedPart: (order: string, store: string) =>
      `[Festa] Part of order ${order} was handed over at ${store}. Neither you nor a friend? Please contact us.`,
    pickupUndone: (order: string, store: string) =>
      `[Festa] The handing over of order ${order} at ${store} was taken back; the goods still wait for you.`,
    moneyReturned: (order: string) =>
      `[Festa] A payment for order ${order} that was not due has gone back, in 1–3 working days.`,
  },
});
