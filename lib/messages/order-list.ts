import { defineMessages } from './define.ts';

/** The list of orders; what it shares with the page of one is in `order.ts`. */
export const orderListMessages = defineMessages({
  'zh-CN': {
    listTitle: '我的订单',
    tabs: '订单状态',
    tab_all: '全部',
    tab_to_pay: '待付款',
    tab_to_ship: '待发货',
    tab_to_receive: '待收货',
    tab_done: '已完成',
    tab_refunds: '退款',
    emptyTitle: '这里还没有订单',
    emptyText: '抢到的好价都会出现在这里',
    goShopping: '去会场逛逛',
    offlineListText: '联网后再看最新的订单',
    more: '加载更多',
    noMore: '没有更多了',
  },
  'en-US': {
    listTitle: 'My orders',
    tabs: 'Order states',
    tab_all: 'All',
    tab_to_pay: 'To pay',
    tab_to_ship: 'To ship',
    tab_to_receive: 'On the way',
    tab_done: 'Done',
    tab_refunds: 'Refunds',
    emptyTitle: 'No orders here yet',
    emptyText: 'What you buy will be listed here.',
    goShopping: 'Go to the festival',
    offlineListText: 'See the latest orders when you are back.',
    more: 'Load more',
    noMore: 'That is all',
  },
});
