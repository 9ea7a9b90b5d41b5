import { defineMessages } from './define.ts';

/** What can be done about an order for pickup; the page of its code has words of its own. */
export const pickupMessages = defineMessages({
  'zh-CN': {
    before: (moment: string) => `请在 ${moment} 前提货`,
    fetcher: (name: string, phone: string) => `提货人 ${name} ${phone}`,
    showCode: '出示提货码',
    call: '联系门店',
    change: '换一家门店',
    changeTitle: '换到哪家门店？',
    changed: '已换门店',
    extended: '门店已延长 3 天',
    grace: '到期后 10 分钟内到柜台仍可提货',
    someHanded: (units: number) => `已提 ${units} 件`,
  },
  'en-US': {
    before: (moment: string) => `Pick it up by ${moment}`,
    fetcher: (name: string, phone: string) => `Picked up by ${name} ${phone}`,
    showCode: 'Show pickup code',
    call: 'Call the store',
    change: 'Another store',
    changeTitle: 'Which store instead?',
    changed: 'The store was changed',
    extended: 'The store gave you 3 more days',
    grace: 'The counter still hands over until 10 minutes after that',
    someHanded: (units: number) => `${units} picked up`,
  },
});
