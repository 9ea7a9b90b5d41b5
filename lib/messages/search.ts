import { defineMessages } from './define.ts';

export const searchMessages = defineMessages({
  'zh-CN': {
    search: '搜索',
    searchHint: '搜商品、拼音首字母也可以',
    searchLabel: '搜索商品',
    clear: '清空输入',
    history: '搜索历史',
    clearHistory: '清除历史',
    hotWords: '大家都在搜',
    suggestions: '猜你想搜',
    found: (count: number) => `找到 ${count} 件商品`,
    nothingFound: (query: string) => `没有找到「${query}」`,
    nothingFoundText: '换个说法，或者试试这些：',
    searchOffline: '搜索需要先联网一次，连上网络后会自动继续。',
    retry: '再试一次',
  },
  'en-US': {
    search: 'Search',
    searchHint: 'Search products',
    searchLabel: 'Search products',
    clear: 'Clear',
    history: 'Recent searches',
    clearHistory: 'Clear history',
    hotWords: 'Popular now',
    suggestions: 'Did you mean',
    found: (count) => `${count} ${count === 1 ? 'product' : 'products'} found`,
    nothingFound: (query) => `Nothing found for “${query}”`,
    nothingFoundText: 'Try other words, or one of these:',
    searchOffline: 'Search needs the network once. It goes on by itself when you are back online.',
    retry: 'Try again',
  },
});
