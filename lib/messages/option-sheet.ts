import { defineMessages } from './define.ts';

/** Said by the sheet of options alone, which comes after the product's page. */
export const optionSheetMessages = defineMessages({
  'zh-CN': {
    chooseOption: (name: string) => `请选择${name}`,
    quantity: '数量',
    noneLeft: '无货',
    noSuch: '无此款',
  },
  'en-US': {
    chooseOption: (name) => `Choose ${name.toLowerCase()}`,
    quantity: 'Quantity',
    noneLeft: 'none left',
    noSuch: 'not made',
  },
});
