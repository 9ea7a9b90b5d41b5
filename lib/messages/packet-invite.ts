import { defineMessages } from './define.ts';

/** Handing a growing packet on. */
export const packetInviteMessages = defineMessages({
  'zh-CN': {
    title: '分享给好友',
    lead: (guest: string) => `TA 也得 ¥${guest}，你的还在`,
    lastLead: (step: string) => `来一位新朋友，长大 ¥${step}`,
    codeHow: '好友在会长大的红包页输入口令也能打开',
    /** What is copied and shared; `shop` is the festival's name. */
    text: (shop: string, guest: string, url: string) => `【${shop}】送你 ¥${guest} 红包，还会长大，复制打开 ${url}`,
    shareTitle: (guest: string) => `送你 ¥${guest} 红包，还会长大`,
    lastText: (shop: string, url: string) => `【${shop}】我的红包在长大，来看一看，复制打开 ${url}`,
    lastShareTitle: '我的红包在长大，来看一看',
    posterLine: '会长大的红包，打开看看',
  },
  'en-US': {
    title: 'Share it',
    lead: (guest) => `Your friend gets ¥${guest}, and you keep yours`,
    lastLead: (step) => `For each new friend: ¥${step}`,
    codeHow: 'A friend can also enter it on the page of growing packets.',
    text: (shop, guest, url) => `[${shop}] A packet of ¥${guest} for you, and it grows: ${url}`,
    shareTitle: (guest) => `A packet of ¥${guest} for you, and it grows`,
    lastText: (shop, url) => `[${shop}] My packet is growing. Have a look: ${url}`,
    lastShareTitle: 'My packet is growing. Have a look',
    posterLine: 'A packet that grows. Open it and see.',
  },
});
