import { defineMessages } from './define.ts';

/** In apps that forbid invitations: the goods, and the way to a browser. No word here asks to share. */
export const inAppMessages = defineMessages({
  'zh-CN': {
    tip: '点击右上角“…”在浏览器打开',
    tipText: '可以看到完整页面',
    lead: '先逛逛会场',
    toVenue: '去会场',
  },
  'en-US': {
    tip: 'Tap “…” at the top right and open this in a browser',
    tipText: 'There you see the whole page.',
    lead: 'Have a look round the venue',
    toVenue: 'To the venue',
  },
});
