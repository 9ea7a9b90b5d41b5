import { defineMessages } from './define.ts';

/** The rules of a campaign of growing packets, made from the object that was frozen when it was published. */
export const packetRulesMessages = defineMessages({
  'zh-CN': {
    title: '活动规则',
    amounts: '金额',
    amountsText: '金额固定，不抽奖。每一代的起始、每次长大和最多如下：',
    generation: '代',
    base: '起始',
    step: '每次长大',
    cap: '最多',
    time: '活动时间',
    timeText: (from: string, until: string) => `${from} 至 ${until}（北京时间）`,
    life: '使用期限',
    lifeText: (hours: number) => `领到后 ${hours} 小时内，到期失效；到期前都能长大`,
    conditions: '参加条件',
    conditionsText: '验证过手机号，每人每个活动一个红包。不花钱，也不要求下单',
    grow: '怎么长大',
    growText: (seconds: number) =>
      `好友打开你分享的红包，停留 ${seconds} 秒并点一下，或已登录，算来看过，先记为待生效；TA 验证手机号，并且这个号码第一次参加本活动，就生效长大`,
    once: '只算一次',
    onceText: '同一位好友对同一个红包只算一次；同一个人在本活动里只让一个红包长大一次。自己看自己的不算',
    direct: '只算直接来的',
    directText: (generations: number) =>
      `只有直接打开你的红包的好友算数，TA 再带来的人不算你的。好友领到的红包可以再分享，最多 ${generations} 代；再往后可以看，不能从那里领，可以自己领第一代`,
    coupon: '红包是什么',
    couponText: '无门槛红包，结算时自动抵扣，不能提现、不能转让',
    locked: '下单以后',
    lockedText: '放进待付款订单就先不长大；付款后算已使用；订单取消，红包带着金额回来，到期前接着长',
    goods: '可用商品',
    budget: '活动总预算',
    budgetText: (amount: string, count: number) =>
      `¥${amount}，最多约 ${count} 个第一代红包；每领一个就按最多的金额留好，没长到的部分用掉或到期时退回`,
    raised: (amount: string) => `（发布后追加了 ¥${amount}）`,
    frozen: '规则发布后不再修改。规则的指纹（SHA-256）',
  },
  'en-US': {
    title: 'Rules',
    amounts: 'Amounts',
    amountsText: 'Fixed, nothing is drawn. Where each generation starts, how much it grows each time, and how far:',
    generation: 'Generation',
    base: 'Start',
    step: 'Each time',
    cap: 'At most',
    time: 'When',
    timeText: (from, until) => `${from} to ${until} (Beijing time).`,
    life: 'Good for',
    lifeText: (hours) =>
      `${hours} ${hours === 1 ? 'hour' : 'hours'} from taking it, after which it expires; it can grow until then.`,
    conditions: 'Who can take part',
    conditionsText:
      'Anybody with a verified phone; one packet per person and campaign. It costs nothing and asks for no order.',
    grow: 'How it grows',
    growText: (seconds) =>
      `A friend who opens the packet you shared, stays ${seconds} seconds and touches the page, or is signed in, has come by: that is noted. It grows when your friend verifies a phone that is new to this campaign.`,
    once: 'Once each',
    onceText:
      'Each friend counts once per packet, and makes one packet of this campaign grow, once. Looking at your own counts for nothing.',
    direct: 'Your friends only',
    directText: (generations) =>
      `Only who opens your packet counts for you, not whom they bring in turn. The packet of a friend can be shared on, ${generations} generations at most; after that it can be looked at but not taken from, and everybody may start one of his own.`,
    coupon: 'What it is',
    couponText:
      'A red packet without a minimum. Checkout takes it off by itself; it is not cash and cannot be handed on.',
    locked: 'Once ordered',
    lockedText:
      'In an order that is not paid yet it rests; paying uses it. When the order is cancelled it comes back as it was, and grows on until it expires.',
    goods: 'For',
    budget: 'Budget',
    budgetText: (amount, count) =>
      `¥${amount}: about ${count} packets of the first generation at most. The largest amount is set aside for each; what it never grew to goes back when it is used or expires.`,
    raised: (amount) => `¥${amount} of it was added since.`,
    frozen: 'Published rules are not changed. Fingerprint of the rules (SHA-256)',
  },
});
