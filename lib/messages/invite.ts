import { defineMessages } from './define.ts';

/** What every room says that is handed on to friends: the sheet that shares, and the field for a code. */
export const inviteMessages = defineMessages({
  'zh-CN': {
    shareNow: '分享给好友',
    copyLink: '复制链接',
    copyText: '复制口令',
    poster: '生成海报',
    noPoster: '没有网络，海报要先联网打开一次',
    copied: '已复制，去粘贴给好友',
    notCopied: '没能复制，请长按选中后复制',
    scan: '当面扫一扫',
    qrAlt: '这个红包的二维码',
    code: '口令',
    byCode: '有好友的口令？',
    codeLabel: '粘贴口令或链接',
    go: '去看看',
    codeWrong: '没有认出口令，请检查后再试',
  },
  'en-US': {
    shareNow: 'Share',
    copyLink: 'Copy the link',
    copyText: 'Copy the text',
    poster: 'Make a poster',
    noPoster: 'No network. Posters need it once.',
    copied: 'Copied. Paste it to a friend.',
    notCopied: 'It could not be copied. Please select it with a long press.',
    scan: 'Or let a friend scan it',
    qrAlt: 'The QR code of this packet',
    code: 'Code',
    byCode: 'Has a friend sent you a code?',
    codeLabel: 'Paste the code or the link',
    go: 'See it',
    codeWrong: 'There is no code in this. Please check it.',
  },
});
