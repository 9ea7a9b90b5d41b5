import { defineMessages } from './define.ts';

/** The sentence with a 口令, and what search says of one that was pasted. */
export const kolingMessages = defineMessages({
  'zh-CN': {
    text: (shop: string, title: string, koling: string, host: string) =>
      `【${shop}】${title} ${koling} 复制整条消息，用浏览器打开 ${host}，粘贴到搜索框就能看到`,
    paste: '粘贴好友的口令',
    pasteHow: '收到好友的口令？粘贴到搜索框，直接打开那个页面',
    nothingPasted: '剪贴板里没有口令，请先复制整条消息',
    cannotPaste: '浏览器没有允许读取，请长按搜索框粘贴',
    found: '这是好友分享的口令',
    foundText: '打开后就是好友看到的那个页面',
    open: '打开好友分享的页面',
    offline: '打开口令需要网络，连上后再点一次',
    broken: '口令不完整',
    brokenText: '可能没有复制完整条消息，请让好友再发一次',
  },
  'en-US': {
    text: (shop, title, koling, host) =>
      `[${shop}] ${title} ${koling} Copy this whole message, open ${host} in a browser and paste it into the search box`,
    paste: 'Paste a friend’s text',
    pasteHow: 'Did a friend send you a code? Paste the message into search and it opens the page.',
    nothingPasted: 'There is no code in what was copied. Copy the whole message first.',
    cannotPaste: 'The browser did not allow it. Press and hold the search box to paste.',
    found: 'A friend shared this with you',
    foundText: 'It opens the page that your friend saw.',
    open: 'Open what your friend shared',
    offline: 'Opening it needs the network. Tap again when you are connected.',
    broken: 'The code is not whole',
    brokenText: 'Part of the message may be missing. Ask your friend to send it again.',
  },
});
