import { defineMessages } from './define.ts';

/** Where a product cannot be shown; apart from the product's own words, which most phones need alone. */
export const productGoneMessages = defineMessages({
  'zh-CN': {
    gone: '这件商品已经下架',
    goneText: '去看看同类的好东西。',
    notFound: '没有找到这件商品',
    notFoundText: '链接可能写错了，或者它已经下架。',
    offlineTitle: '现在连不上网',
    offlineText: '这件商品要联网才能打开，连上后会自动继续。',
  },
  'en-US': {
    gone: 'This product is no longer sold',
    goneText: 'Have a look at others like it.',
    notFound: 'This product was not found',
    notFoundText: 'The link may be mistyped, or it is no longer sold.',
    offlineTitle: 'There is no network',
    offlineText: 'This product needs the network to open. It goes on by itself when you are back.',
  },
});
