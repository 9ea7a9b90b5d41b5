import { defineMessages } from './define.ts';

export const studioCampaignsMessages = defineMessages({
  'zh-CN': {
    title: '分享活动',
    text: '每个活动有自己的链接、传播图和归因方式；顾客自己点的分享都记在“日常分享”里',
    make: '新建活动',
    edit: '改名',
    emptyTitle: '还没有活动',
    emptyText: '新建一个活动，再给每个渠道做一条链接',
    open: (name: string) => `打开 ${name}`,
    list: '活动列表',
    madeAt: (at: string) => `${at} 创建`,

    newTitle: '新建活动',
    editTitle: '活动改名',
    nameZh: '名称（中文）',
    nameEn: '名称（英文）',
    nameWrong: '请填写名称',
    modelText: '归因方式和有效天数建好后不能改；想看别的算法，打开活动里的“归因”对照',
    windowDays: '访问后几天内下单有效',
    windowWrong: '请填写 1–30 天',
    save: '保存',
    saved: '已保存',
  },
  'en-US': {
    title: 'Campaigns',
    text: 'Each campaign has its own links, its spread and its attribution. What shoppers share by themselves is in “everyday”.',
    make: 'New campaign',
    edit: 'Rename',
    emptyTitle: 'No campaigns yet',
    emptyText: 'Make one, then a link for each channel.',
    open: (name) => `Open ${name}`,
    list: 'Campaigns',
    madeAt: (at) => `made ${at}`,

    newTitle: 'New campaign',
    editTitle: 'Rename the campaign',
    nameZh: 'Name (Chinese)',
    nameEn: 'Name (English)',
    nameWrong: 'Please give a name',
    modelText:
      'The model and the days are fixed once it is made. To see what another model would say, open “Attribution” in the campaign.',
    windowDays: 'An order counts within so many days of a visit',
    windowWrong: 'From 1 to 30 days',
    save: 'Save',
    saved: 'Saved',
  },
});
