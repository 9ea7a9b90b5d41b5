import { defineMessages, type Locale } from './define.ts';

/** What the controls report, which they write for machines (server/risk/canary.ts, risk.job.ts). */
export const opsRiskControlsMessages = defineMessages({
  'zh-CN': {
    canary: '试探',
    review: '审核队列',
    stopped: (stopped: number, of: number) => `${of} 次试探，拦住 ${stopped} 次`,
    through: (frauds: string) => `没拦住：${frauds}`,
    until: (at: string) => `最早一份 ${at} 到时`,
    idle: '没有在等的',
    and: '、',
    device: '一台设备多人领',
    payer: '一个付款账户多人领',
    ring: '互相助力的小圈子',
    work: '重复使用的验证',
  },
  'en-US': {
    canary: 'Planted frauds',
    review: 'Review queue',
    stopped: (stopped, of) => `${stopped} of ${of} planted frauds stopped`,
    through: (frauds) => `got through: ${frauds}`,
    until: (at) => `the first is due ${at}`,
    idle: 'nothing waits',
    and: ', ',
    device: 'many people on one device',
    payer: 'many people of one payer',
    ring: 'a ring that helps itself',
    work: 'work used twice',
  },
});

const NAMES = ['canary', 'review', 'device', 'payer', 'ring', 'work'] as const;

/** Names of controls, or of planted frauds, in words; one that is not known here stays as it is. */
export function controlNames(names: string, locale: Locale): string {
  const words = opsRiskControlsMessages[locale];
  const nameOf = (name: string) => {
    const known = NAMES.find((one) => one === name);
    return known ? words[known] : name;
  };
  return names.split(', ').map(nameOf).join(words.and);
}

/** What a control has seen last, in words. @param timeOf a moment, epoch ms, as this page writes it */
export function controlSays(
  { name, detail }: { readonly name: string; readonly detail: string },
  locale: Locale,
  timeOf: (at: number) => string,
): string {
  const words = opsRiskControlsMessages[locale];
  if (name === 'review') return detail === '' ? words.idle : words.until(timeOf(Date.parse(detail)));
  const stopped = /^(\d+) of (\d+) stopped$/.exec(detail);
  if (stopped) return words.stopped(Number(stopped[1]), Number(stopped[2]));
  const passed = /^got through: (.+)$/.exec(detail)?.[1];
  return passed === undefined ? detail : words.through(controlNames(passed, locale));
}
