import { defineMessages } from './define.ts';

/** A team that came to nothing. */
export const teamOverMessages = defineMessages({
  'zh-CN': {
    expired: '超过规定时间，该红包不能拆了',
    failed: '这次没凑齐',
    withdrawn: '活动已被商家收回',
    withdrawnText: '没有人分到，也没有人花钱。看看其他活动吧',
    failedText: (joined: number, size: number) => `来了 ${joined} 人，还差 ${size - joined} 人，没有分成`,
    consolation: (amount: string) => `送你 ¥${amount} 安慰红包，已放入我的券包`,
    seeWallet: '去看看',
  },
  'en-US': {
    expired: 'The time for this packet is over',
    failed: 'Not enough people this time',
    withdrawn: 'The shop took this campaign back',
    withdrawnText: 'Nobody got a share, and nobody paid for it. See what else is on.',
    failedText: (joined, size) => `${joined} had come by the end and ${size} were needed, so it was not shared out.`,
    consolation: (amount) => `You get a packet of ¥${amount} all the same. It is in your wallet.`,
    seeWallet: 'See it',
  },
});
