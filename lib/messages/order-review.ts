import { defineMessages } from './define.ts';

/** What the order page says while rewards of an order are looked at before it is packed, and after they were refused. */
export const orderReviewMessages = defineMessages({
  'zh-CN': {
    held: (at: string) => `订单审核中，最迟${at} 安排发货`,
    heldText: '这单用了活动红包，打包前由人看一看；价格不变。这期间可以自己申请退款。',
    refused: '订单审核未通过',
    refusedText: '货款原路退回，用掉的活动红包不退回。其他购物不受影响。',
    words: '审核人员说',
    why: '看原因',
    appeal: '看原因，可以申诉',
  },
  'en-US': {
    held: (at) => `Your order is being reviewed; it goes to packing ${at} at the latest`,
    heldText:
      'It used rewards of a campaign, so a person looks at it before it is packed. Its price stays. You can ask for a refund meanwhile.',
    refused: 'The review did not pass',
    refusedText:
      'Your money goes back the way it came; the rewards that it used do not come back. Nothing else is affected.',
    words: 'The reviewer says',
    why: 'See why',
    appeal: 'See why, and appeal',
  },
});
