import type { RiskReason } from '../domain/risk/rules.ts';
import { defineMessages, type Locale } from './define.ts';

/** What each rule has seen, said to the person it is about: plainly, and without a word of blame. */
const messages = defineMessages({
  'zh-CN': {
    phone_unverified: '还没有验证手机号',
    account_new: '账号刚刚注册',
    device_missing: '没有收到这台设备的标识',
    device_shared: '这台设备上有好几个人领了奖励',
    device_crowded: '这台设备上有很多人领了奖励',
    address_busy: '同一网络下一小时内领奖励的人很多',
    address_crowded: '同一网络下一天内领奖励的人很多',
    payout_shared: '几个人用同一个付款账户',
    payout_crowded: '很多人用同一个付款账户',
    circle_dense: '互相助力的总是同一群人',
    opened_at_once: '分享后不到一秒就打开了',
    rhythm_even: '点击的间隔像机器一样均匀',
    work_missing: '手机没有完成页面的自动验证',
    circle_close: '互相助力的人比较集中',
  },
  'en-US': {
    phone_unverified: 'No phone number is verified yet',
    account_new: 'The account was made just now',
    device_missing: 'This device did not identify itself',
    device_shared: 'Several people took rewards on this device',
    device_crowded: 'Many people took rewards on this device',
    address_busy: 'Many people on this network took rewards within an hour',
    address_crowded: 'Many people on this network took rewards within a day',
    payout_shared: 'Several people pay with the same account',
    payout_crowded: 'Many people pay with the same account',
    circle_dense: 'The same group of people keeps helping each other',
    opened_at_once: 'It was opened less than a second after it was shared',
    rhythm_even: 'The pauses between taps are as even as a machine’s',
    work_missing: 'The phone did not finish the page’s automatic check',
    circle_close: 'Those who help each other are few',
  },
});

export const reasonText = (code: RiskReason, locale: Locale): string => messages[locale][code];
