import { defineMessages } from './define.ts';

/** A raise of a budget that waits, on the desks of team packets and growing packets. */
export const opsRaiseMessages = defineMessages({
  'zh-CN': {
    raise: '追加预算',
    asked: '已申请追加',
    raiseWaits: (amount: string, name: string) => `${name} 申请追加 ¥${amount}`,
    raiseNeeds: '需要另一位运营确认',
    raiseFrom: (at: string) => `${at} 生效，之前可以撤回`,
    approveRaise: '同意追加',
    raised: '已追加',
    undoRaise: '撤回',
    undone: '已撤回',
  },
  'en-US': {
    raise: 'Raise the budget',
    asked: 'Asked for',
    raiseWaits: (amount, name) => `${name} asks for ¥${amount} more`,
    raiseNeeds: 'a second operator must agree',
    raiseFrom: (at) => `counts from ${at}; can be taken back until then`,
    approveRaise: 'Agree to it',
    raised: 'Raised',
    undoRaise: 'Take back',
    undone: 'Taken back',
  },
});
