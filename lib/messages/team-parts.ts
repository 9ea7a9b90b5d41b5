import { defineMessages } from './define.ts';

/** What several parts of the team pages say. */
export const teamPartsMessages = defineMessages({
  'zh-CN': {
    leader: '队长',
    you: '我',
    friend: '好友',
    showName: (name: string) => `让队友看到我的名字“${name}”`,
    again: '拆一个新红包',
    seeOwnTeam: '去我的红包',
    toCentre: '去领券中心',
    closed_over: '这个活动已经结束，不能再开新队了',
    closed_stopped: '这个活动现在不能开新队',
    seeDecision: '看原因',
  },
  'en-US': {
    leader: 'Leader',
    you: 'Me',
    friend: 'A friend',
    showName: (name) => `Let the team see my name, ${name}`,
    again: 'Open a new packet',
    seeOwnTeam: 'To my packet',
    toCentre: 'To the coupon centre',
    closed_over: 'This campaign is over: no more teams can be opened.',
    closed_stopped: 'No new team of this campaign can be opened now.',
    seeDecision: 'See why',
  },
});
