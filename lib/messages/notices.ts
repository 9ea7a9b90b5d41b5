import { defineMessages } from './define.ts';

/** Notices on this device: what they are for, before the browser asks. */
export const noticesMessages = defineMessages({
  'zh-CN': {
    title: '通知',
    askTitle: '备好了，第一时间告诉你',
    askText: '开启后，这台设备会收到“可取货”和到期提醒。只说订单的事，内容加密，随时可在“我的”里关闭；短信照常发送。',
    ask: '开启通知',
    asking: '正在开启…',
    on: '已开启，备好后会通知这台设备',
    orders: '订单与取货',
    ordersText: '付款、可取货、到期提醒、退款和候补',
    rewards: '红包与优惠券到期',
    rewardsText: '每天最多 3 条，23:00 到 8:00 不打扰',
    device: '只对这台设备有效',
    blocked: '浏览器已禁止通知。请在浏览器的网站设置里允许后再试。',
    dismissed: '没有开启。需要时再点一次即可。',
    failed: '连不上浏览器的推送服务，暂时无法开启；短信照常发送。',
    install: '先把 Festa 添加到主屏幕，再从主屏幕打开，就能开启通知。',
    others: (count: number) => `另有 ${count} 台设备也会收到通知`,
    stopAll: '全部关闭',
    stopped: '已全部关闭',
  },
  'en-US': {
    title: 'Notices',
    askTitle: 'Told the moment it is ready',
    askText:
      'This device is told when your order is ready and before its time runs out. About orders only, sealed on the way, and switched off under “Me” at any time. Text messages come all the same.',
    ask: 'Turn on notices',
    asking: 'Turning on…',
    on: 'On: this device is told when it is ready',
    orders: 'Orders and pickup',
    ordersText: 'Payment, ready to be fetched, reminders, refunds and waitlist',
    rewards: 'Red packets and coupons running out',
    rewardsText: 'At most 3 a day, none from 23:00 to 8:00',
    device: 'For this device only',
    blocked: 'The browser blocks notices. Allow them in its settings for this site, then try again.',
    dismissed: 'Not turned on. Tap again whenever you like.',
    failed:
      'The browser’s push service cannot be reached, so notices stay off for now. Text messages come all the same.',
    install: 'Add Festa to the home screen and open it from there; then notices can be turned on.',
    others: (count) => (count === 1 ? 'One other device is told too' : `${count} other devices are told too`),
    stopAll: 'Turn all off',
    stopped: 'All turned off',
  },
});
