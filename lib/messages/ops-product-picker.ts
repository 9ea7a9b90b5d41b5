import { defineMessages } from './define.ts';

export const opsProductPickerMessages = defineMessages({
  'zh-CN': {
    products: '选择商品',
    find: '搜索商品名、链接名或编码',
    found: '找到的商品',
    chosen: (count: number) => `已选 ${count} 个商品`,
    remove: (title: string) => `移除 ${title}`,
    added: (title: string) => `已选 ${title}`,
    removed: (title: string) => `已移除 ${title}`,
    noneTitle: '没有符合的商品',
    noneText: '换个名称或链接名试试',
    more: '还有更多商品，请写得更具体一些',
  },
  'en-US': {
    products: 'Choose products',
    find: 'Find by name, link name or code',
    found: 'Products found',
    chosen: (count) => (count === 1 ? '1 product chosen' : `${count} products chosen`),
    remove: (title) => `Remove ${title}`,
    added: (title) => `${title} chosen`,
    removed: (title) => `${title} removed`,
    noneTitle: 'No such product',
    noneText: 'Try another name or link name',
    more: 'There are more; please be more specific',
  },
});
