import { defineMessages } from './define.ts';

export const studioCompareMessages = defineMessages({
  'zh-CN': {
    title: '两个活动对比',
    left: '第一个活动',
    right: '第二个活动',
    choose: '请选择',
    same: '请选择两个不同的活动',
    needTwo: '有两个以上的活动才能对比',
    figure: '指标',
    table: '对比',
    more: (times: string) => `${times} 倍`,
    overlap: '区间重叠，差别可能只是偶然',
    apart: '区间不重叠',
  },
  'en-US': {
    title: 'Two campaigns beside each other',
    left: 'First campaign',
    right: 'Second campaign',
    choose: 'Please choose',
    same: 'Please choose two different campaigns',
    needTwo: 'It takes two campaigns to compare',
    figure: 'Figure',
    table: 'Comparison',
    more: (times) => `${times} ×`,
    overlap: 'The intervals overlap: it may be chance',
    apart: 'The intervals do not overlap',
  },
});
