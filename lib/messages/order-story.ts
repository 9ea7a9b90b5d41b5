import { defineMessages } from './define.ts';

/** Below the fold of an order: what has happened, its number, carrier and note. */
export const orderStoryMessages = defineMessages({
  'zh-CN': {
    note: '备注',
    timeline: '订单进度',
    placedAt: '下单',
    paidAt: '付款',
    shippedAt: '发货',
    receivedAt: '收货',
    closedAt: '关闭',
    number: '订单号',
    copy: '复制',
    copied: '已复制',
    carrier: '物流',
  },
  'en-US': {
    note: 'Note',
    timeline: 'Progress',
    placedAt: 'Placed',
    paidAt: 'Paid',
    shippedAt: 'Shipped',
    receivedAt: 'Received',
    closedAt: 'Closed',
    number: 'Order no.',
    copy: 'Copy',
    copied: 'Copied',
    carrier: 'Carrier',
  },
});
