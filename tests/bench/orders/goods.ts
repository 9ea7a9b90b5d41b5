/** What every design of the bench sells and writes: one ordinary good at 100 yuan, free freight, one a person. */
export const PRICE_FEN = 10_000;
export const LIMIT_PER_PERSON = 1;
export const TITLE = { zh: '测速商品', en: 'Bench good' };
export const CHOICE = { zh: '', en: '' };
export const PRODUCT = 'bench';
export const ADDRESS = { name: '小明', phone: '13800000000', region: '上海市 市辖区 黄浦区', street: '南京东路 1 号' };
export const HOLD_MS = 30 * 60_000;
export const PAY_MS = HOLD_MS - 60_000;
/** What a shopper asked, hashed; the same for everybody here. */
export const REQUEST_HASH = 'k0S6yGmyVm1uZ9b5m3oX0s4n7x0sGJc1t2f3v4w5x6Y';
