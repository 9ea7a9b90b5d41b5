import { defineMessages } from './define.ts';

/** What is said where a page has failed; in a file of its own and short, because every page carries it. */
export const faultMessages = defineMessages({
  'zh-CN': { title: '这一页没能打开', text: '网络恢复后再试，购物车和订单都还在。', tryAgain: '再试一次' },
  'en-US': { title: 'This page did not open', text: 'Your cart and orders are kept.', tryAgain: 'Try again' },
});
