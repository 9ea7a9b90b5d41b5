import { defineMessages } from './define.ts';

export const teamInviteMessages = defineMessages({
  'zh-CN': {
    title: '邀请好友一起拆',
    missing: (count: number) => `还差 ${count} 人`,
    shareNow: '分享给好友',
    copyLink: '复制链接',
    copyText: '复制口令',
    copied: '已复制，去粘贴给好友',
    notCopied: '没能复制，请长按选中后复制',
    scan: '当面扫一扫',
    qrAlt: '这个红包的二维码',
    code: '口令',
    codeHow: '好友在组队红包页输入口令也能加入',
    /** What is copied and shared; `shop` is the festival's name. */
    text: (shop: string, amount: string, url: string) => `【${shop}】¥${amount} 红包等你拆，复制打开 ${url}`,
    shareTitle: (amount: string) => `¥${amount} 红包等你拆`,
  },
  'en-US': {
    title: 'Invite friends',
    missing: (count) => `${count} more needed`,
    shareNow: 'Share',
    copyLink: 'Copy the link',
    copyText: 'Copy the text',
    copied: 'Copied. Paste it to a friend.',
    notCopied: 'It could not be copied. Please select it with a long press.',
    scan: 'Or let a friend scan it',
    qrAlt: 'The QR code of this packet',
    code: 'Code',
    codeHow: 'A friend can also enter it on the page of team packets.',
    text: (shop, amount, url) => `[${shop}] A packet of ¥${amount} to share: ${url}`,
    shareTitle: (amount) => `A packet of ¥${amount} to share`,
  },
});
