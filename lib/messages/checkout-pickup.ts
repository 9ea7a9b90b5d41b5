import { defineMessages } from './define.ts';

export const checkoutPickupMessages = defineMessages({
  'zh-CN': {
    how: '怎么拿到',
    delivery: '送货上门',
    pickup: '到店自提',
    choose: '选择门店',
    chooseText: '看看附近哪家有货，下单后到店取',
    chooseTitle: '选择提货门店',
    change: '更换门店',
    inStore: (moment: string) => `门店有货，预计 ${moment} 可取`,
    byTransfer: (moment: string) => `需要调货，预计 ${moment} 前可取`,
    keeps: '备好后保留 7 天，超时自动全额退款',
    looking: '正在看这家门店有没有货',
  },
  'en-US': {
    how: 'How you get it',
    delivery: 'Delivery',
    pickup: 'Pickup',
    choose: 'Choose a store',
    chooseText: 'See which store near you has it, and fetch it there',
    chooseTitle: 'Which store?',
    change: 'Another store',
    inStore: (moment: string) => `In the store: ready by ${moment}`,
    byTransfer: (moment: string) => `Comes from the warehouse: ready by ${moment}`,
    keeps: 'It is held for 7 days; after that all of the money goes back by itself',
    looking: 'Looking whether this store has it',
  },
});
