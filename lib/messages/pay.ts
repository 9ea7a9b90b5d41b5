import { defineMessages } from './define.ts';

/** How to pay; loaded with the sheet that asks. */
export const payMessages = defineMessages({
  'zh-CN': {
    chooseTitle: '选择付款方式',
    name_wechat: '微信支付',
    note_wechat: '手机跳转微信，电脑扫码',
    name_alipay: '支付宝',
    note_alipay: '跳转支付宝付款',
    name_sandbox: '沙箱支付（演示）',
    note_sandbox: '不会扣真实的钱',
    go: '去付款',
    outside: '微信内暂不能使用这种方式，请点右上角“···”用浏览器打开后付款，库存仍为你保留',
    scanTitle: '扫码付款',
    scanText: '请用微信扫一扫付款，付好后本页自动更新',
    scanAlt: '付款二维码',
  },
  'en-US': {
    chooseTitle: 'How to pay',
    name_wechat: 'WeChat Pay',
    note_wechat: 'Opens WeChat; scan a code on a computer',
    name_alipay: 'Alipay',
    note_alipay: 'Opens Alipay',
    name_sandbox: 'Sandbox Pay (demo)',
    note_sandbox: 'No real money moves',
    go: 'Go and pay',
    outside:
      'WeChat does not let you pay this way inside its own browser. Tap ··· and open the page in your browser; your goods stay held.',
    scanTitle: 'Scan to pay',
    scanText: 'Scan with WeChat. This page updates once you have paid.',
    scanAlt: 'QR code to pay',
  },
});
