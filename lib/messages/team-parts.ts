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
  },
  'en-US': {
    leader: 'Leader',
    you: 'Me',
    friend: 'A friend',
    showName: (name) => `Let the team see my name, ${name}`,
    again: 'Open a new packet',
    seeOwnTeam: 'To my packet',
  },
});
