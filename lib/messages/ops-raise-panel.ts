import { defineMessages } from './define.ts';

/** What is asked before a budget is raised. */
export const opsRaisePanelMessages = defineMessages({
  'zh-CN': {
    raiseTitle: '追加预算',
    raiseText: '需要另一位运营确认；只有一位运营时 10 分钟后生效，生效前可以撤回。',
    addYuan: '追加（元）',
    raiseWrong: '请填写大于 0 的金额',
    raiseNow: (budget: string) => `追加后预算 ¥${budget}`,
    ask: '申请追加',
  },
  'en-US': {
    raiseTitle: 'Raise the budget',
    raiseText: 'A second operator must agree; one who is alone waits 10 minutes and can take it back until then.',
    addYuan: 'More ¥',
    raiseWrong: 'Please enter an amount above 0',
    raiseNow: (budget) => `Then ¥${budget} in all`,
    ask: 'Ask for it',
  },
});
