import { defineMessages } from './define.ts';

/** Sentences that never change on a product's page: published with it, so that its script does not carry them. */
export const productNotesMessages = defineMessages({
  'zh-CN': {
    ladderNote: '名次按成功下单的先后排定，付款页会告诉你第几名；超出名额的件数按下一档价格。',
    delivery: '配送',
    deliveryText: '下单时选择地址，运费在付款前列明',
  },
  'en-US': {
    ladderNote:
      'Places go by the order of accepted purchases; your number is shown before you pay. Units beyond the places cost the next step.',
    delivery: 'Delivery',
    deliveryText: 'Choose an address at checkout; freight is shown before you pay',
  },
});

export type ProductNotes = (typeof productNotesMessages)['zh-CN'];
