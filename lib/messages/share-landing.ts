import { defineMessages } from './define.ts';

/** The document behind `/s/<code>`: what people see for a moment, and what they read when the link leads nowhere. */
export const shareLandingMessages = defineMessages({
  'zh-CN': {
    opening: '正在打开…',
    open: '点此打开',
    toShop: '去会场逛逛',
    unknownTitle: '没有找到这个分享链接',
    unknownText: '链接可能没有复制完整，请让好友再发一次。会场照常开着。',
    expiredTitle: '这个分享链接已过期',
    expiredText: '链接有有效期，这一条已经结束。会场里还能买到这些商品。',
    stoppedTitle: '这个分享链接已停用',
    stoppedText: '商家停用了这条链接，不影响您在会场购物。',
    loopTitle: '这个分享链接打不开',
    loopText: '它没有指向会场里的页面，为了您的安全没有跳转。',
    laterTitle: '现在打开的人太多',
    laterText: '请稍等几秒再点一次链接，或者直接去会场。',
  },
  'en-US': {
    opening: 'Opening…',
    open: 'Tap here to open',
    toShop: 'To the shop',
    unknownTitle: 'This link is not known',
    unknownText: 'It may not have been copied whole; ask your friend to send it again. The shop is open as always.',
    expiredTitle: 'This link has expired',
    expiredText: 'Links end at some time, and this one has. The goods are still in the shop.',
    stoppedTitle: 'This link was taken back',
    stoppedText: 'The shop no longer uses it. You can go on shopping all the same.',
    loopTitle: 'This link cannot be opened',
    loopText: 'It does not lead to a page of the shop, so you were not taken there.',
    laterTitle: 'Very many people are opening links',
    laterText: 'Please tap the link again in a few seconds, or go straight to the shop.',
  },
});
