import { defineMessages } from './define.ts';

type Parts = { readonly days: number; readonly hours: number; readonly minutes: number; readonly seconds: number };

const zh = ({ days, hours, minutes, seconds }: Parts) =>
  [days && `${days}天`, hours && `${hours}小时`, minutes && `${minutes}分`, seconds && `${seconds}秒`]
    .filter(Boolean)
    .join('');

const count = (value: number, unit: string) => value > 0 && `${value} ${unit}${value === 1 ? '' : 's'}`;
const en = ({ days, hours, minutes, seconds }: Parts) =>
  [count(days, 'day'), count(hours, 'hour'), count(minutes, 'minute'), count(seconds, 'second')]
    .filter(Boolean)
    .join(' ');

/** What a screen reader hears of a countdown. */
export const clockMessages = defineMessages({
  'zh-CN': {
    left: (parts: Parts) => zh(parts) || '时间到',
    unknown: '正在对时',
    dayMark: '天',
  },
  'en-US': {
    left: (parts) => en(parts) || 'Time is up',
    unknown: 'Setting the clock',
    dayMark: 'd',
  },
});
