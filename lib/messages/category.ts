import { defineMessages } from './define.ts';

export const categoryMessages = defineMessages({
  'zh-CN': {
    allCategories: '全部分类',
    units: (count: number) => `共 ${count} 件商品`,
    all: '全部',
    onSale: '抢购中',
    sortDefault: '综合',
    sortCheap: '价格 ↑',
    sortDear: '价格 ↓',
    sortCheapSpoken: '价格从低到高',
    sortDearSpoken: '价格从高到低',
    emptyCategory: '这个分类还没有商品',
    emptyCategoryText: '换一个分类看看，好东西都在路上。',
  },
  'en-US': {
    allCategories: 'All categories',
    units: (count) => `${count} ${count === 1 ? 'product' : 'products'}`,
    all: 'All',
    onSale: 'On now',
    sortDefault: 'Featured',
    sortCheap: 'Price ↑',
    sortDear: 'Price ↓',
    sortCheapSpoken: 'Price: low to high',
    sortDearSpoken: 'Price: high to low',
    emptyCategory: 'Nothing in this category yet',
    emptyCategoryText: 'Look at another one: good things are on their way.',
  },
});
