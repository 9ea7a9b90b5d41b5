import { defineMessages } from './define.ts';

export const opsRefundMessages = defineMessages({
  'zh-CN': {
    refund: '退款申请',
    return: '退货申请',
    asked: (reason: string) => `顾客的理由：${reason}`,
    withFreight: (amount: string) => `含运费 ¥${amount}`,
    notSent: '等待顾客寄回；商品到了请登记',
    onItsWay: '顾客已寄出；商品到了请登记',
    goodsBack: '商品已到，开始检查',
    answer: '给顾客的说明（写进订单记录）',
    restock: '商品完好，重新上架',
    approved: '已同意，款项将原路退回',
    declined: '已回复不同意',
    arrived: '已登记到货，请检查商品',
  },
  'en-US': {
    refund: 'Refund request',
    return: 'Return request',
    asked: (reason) => `The shopper says: ${reason}`,
    withFreight: (amount) => `with ¥${amount} for delivery`,
    notSent: 'Not sent yet. Enter it here when the goods arrive.',
    onItsWay: 'On its way back. Enter it here when the goods arrive.',
    goodsBack: 'The goods are here',
    answer: 'Your words to the shopper (kept in the history)',
    restock: 'In good order: on sale again',
    approved: 'Agreed; the money goes back the way it came',
    declined: 'Declined',
    arrived: 'Noted. Please look at the goods.',
  },
});
