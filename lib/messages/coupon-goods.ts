import { defineMessages } from './define.ts';

export const couponGoodsMessages = defineMessages({
  'zh-CN': { title: '可用商品', loading: '正在加载商品', none: '这些商品现在没有上架' },
  'en-US': { title: 'What it is for', loading: 'Loading products', none: 'These products are not listed now' },
});
