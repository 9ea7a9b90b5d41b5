import { defineMessages } from './define.ts';

/** The share button and its sheet; they come after the page. */
export const shareButtonMessages = defineMessages({
  'zh-CN': {
    share: '分享',
    shareShop: '分享会场给好友',
    shareGoods: '分享给好友',
    title: '分享给好友',
    lead: '好友点开链接就能看到这个页面',
    shareNow: '打开系统分享',
    copyLink: '复制链接',
    copied: '已复制，去微信粘贴给好友',
    notCopied: '没能自动复制，请长按下面的链接复制',
    making: '正在生成您的链接…',
    failed: '链接没有生成，请检查网络后再试',
    again: '再试一次',
  },
  'en-US': {
    share: 'Share',
    shareShop: 'Share the festival',
    shareGoods: 'Tell a friend',
    title: 'Share with friends',
    lead: 'Whoever opens the link sees this page.',
    shareNow: 'Share…',
    copyLink: 'Copy the link',
    copied: 'Copied. Paste it wherever your friends are.',
    notCopied: 'It could not be copied; press and hold the link below.',
    making: 'Making your link…',
    failed: 'No link was made. Check your network and try again.',
    again: 'Try again',
  },
});
