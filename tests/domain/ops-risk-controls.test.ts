import { expect, test } from 'vitest';
import { controlNames, controlSays } from '../../lib/messages/ops-risk-controls.ts';

const at = (moment: number) => `T${moment}`;

test('what controls write for machines is said in words, in both languages; what nobody knows stays as it is', () => {
  const zh = (name: string, detail: string) => controlSays({ name, detail }, 'zh-CN', at);
  expect(zh('canary', '4 of 4 stopped')).toBe('4 次试探，拦住 4 次');
  expect(zh('canary', 'got through: ring, work')).toBe('没拦住：互相助力的小圈子、重复使用的验证');
  expect(zh('review', '2026-11-22T10:00:00.000Z')).toBe(`最早一份 T${Date.UTC(2026, 10, 22, 10)} 到时`);
  expect(zh('review', '')).toBe('没有在等的');
  expect(zh('other', 'whatever')).toBe('whatever');
  expect(controlNames('canary, review, other', 'zh-CN')).toBe('试探、审核队列、other');
  expect(controlSays({ name: 'canary', detail: '3 of 3 stopped' }, 'en-US', at)).toBe('3 of 3 planted frauds stopped');
});
