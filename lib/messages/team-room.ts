import { defineMessages } from './define.ts';

/** The page of one team, whatever has become of it. */
export const teamRoomMessages = defineMessages({
  'zh-CN': {
    /** Of the document: some apps show it, and forbid words that ask to share. */
    neutralTitle: '逛逛会场',
    venueTitle: '会场',
    title: '组队红包',
    loading: '正在加载组队红包',
    rules: '规则',
    joinedNews: (name: string, missing: number) =>
      missing > 0 ? `${name} 加入了，还差 ${missing} 人` : `${name} 加入了，人齐了`,
    splitNews: '红包已瓜分，可以拆了',
    failedLoad: '红包没有加载出来',
    offline: '现在没有网络',
    offlineText: '联网后就能看到队伍的情况',
    unknown: '没有找到这个红包',
    unknownText: '口令或链接可能不完整，请好友再发一次',
    enterCode: '重新输入口令',
    ofPacket: '这个口令是会长大的红包的',
    ofPacketText: '不是组队红包，去那里就能看到',
    toPacket: '去看那个红包',
  },
  'en-US': {
    neutralTitle: 'A look round',
    venueTitle: 'Venue',
    title: 'Team packet',
    loading: 'Loading the team packet',
    rules: 'Rules',
    joinedNews: (name, missing) =>
      missing > 0 ? `${name} has joined, ${missing} to go` : `${name} has joined, and the team is complete`,
    splitNews: 'It is shared out. Open yours.',
    failedLoad: 'The packet could not be loaded',
    offline: 'You are offline',
    offlineText: 'You see the team when you are back.',
    unknown: 'There is no such packet',
    unknownText: 'The code or the link may be incomplete. Ask your friend to send it again.',
    enterCode: 'Enter another code',
    ofPacket: 'This code is of a growing packet',
    ofPacketText: 'It is no team. You find it on its own page.',
    toPacket: 'See that packet',
  },
});
