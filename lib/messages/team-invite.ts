import { defineMessages } from './define.ts';

export const teamInviteMessages = defineMessages({
  'zh-CN': {
    title: '邀请好友一起拆',
    missing: (count: number) => `还差 ${count} 人`,
    until: (moment: string) => `${moment} 前一起拆`,
    codeHow: '好友在组队红包页输入口令也能加入',
    /** What is copied and shared; `shop` is the festival's name. */
    text: (shop: string, amount: string, url: string) => `【${shop}】¥${amount} 红包等你拆，复制打开 ${url}`,
    shareTitle: (amount: string) => `¥${amount} 红包等你拆`,
  },
  'en-US': {
    title: 'Invite friends',
    missing: (count) => `${count} more needed`,
    until: (moment) => `Until ${moment}`,
    codeHow: 'A friend can also enter it on the page of team packets.',
    text: (shop, amount, url) => `[${shop}] A packet of ¥${amount} to share: ${url}`,
    shareTitle: (amount) => `A packet of ¥${amount} to share`,
  },
});
