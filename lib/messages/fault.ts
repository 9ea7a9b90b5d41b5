import { defineMessages } from './define.ts';

/** What is said where a page has failed; in a file of its own, because every page carries it. */
export const faultMessages = defineMessages({
  'zh-CN': {
    title: '这一页没能打开',
    text: '你的购物车和订单都还在。',
    offline: '网络已断开，连上后再试。你的购物车和订单都还在。',
    tryAgain: '再试一次',
    goHome: '去首页',
  },
  'en-US': {
    title: 'This page did not open',
    text: 'Your cart and your orders are still there.',
    offline: 'There is no network; try again when it is back. Your cart and your orders are still there.',
    tryAgain: 'Try again',
    goHome: 'Go home',
  },
});
