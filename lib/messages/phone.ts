import { defineMessages } from './define.ts';

/** What the phone says by itself, because no answer came: the server's sentences are in `refusals.ts`. */
export const phoneMessages = defineMessages({
  'zh-CN': {
    offline: '网络已断开，联网后请再试',
    timeout: '没有收到回音，请再试一次，不会重复提交',
    tryAgain: '再试一次',
    asOf: (time: string) => `截至 ${time}`,
    offlineEdits: '离线修改已保存，联网后自动同步',
  },
  'en-US': {
    offline: 'You are offline. Try again when you are back.',
    timeout: 'No answer came. Try again; nothing is done twice.',
    tryAgain: 'Try again',
    asOf: (time) => `As of ${time}`,
    offlineEdits: 'Edits are kept and will be sent when you are online.',
  },
});
