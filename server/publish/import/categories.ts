import type { Localized } from '../../../lib/contracts/contract.ts';
import { both, type CategoryWish, idOf, oneLine } from './fragment.ts';

type Known = { readonly google: number; readonly id: string; readonly name: Localized; readonly art: string };

/** Google's top categories; merchants of both feed formats use their names, and Shopify exports them too. */
const KNOWN: readonly Known[] = [
  { google: 1, id: 'pets', name: { zh: '宠物用品', en: 'Animals & Pet Supplies' }, art: 'basket' },
  { google: 166, id: 'apparel', name: { zh: '服饰', en: 'Apparel & Accessories' }, art: 't-shirt' },
  { google: 8, id: 'arts', name: { zh: '艺术娱乐', en: 'Arts & Entertainment' }, art: 'rose' },
  { google: 537, id: 'baby', name: { zh: '母婴', en: 'Baby & Toddler' }, art: 'bubbles' },
  { google: 111, id: 'business', name: { zh: '工业商用', en: 'Business & Industrial' }, art: 'battery' },
  { google: 141, id: 'cameras', name: { zh: '摄影', en: 'Cameras & Optics' }, art: 'camera' },
  { google: 222, id: 'electronics', name: { zh: '数码电子', en: 'Electronics' }, art: 'headphone' },
  { google: 412, id: 'food', name: { zh: '食品饮料', en: 'Food, Beverages & Tobacco' }, art: 'steaming-bowl' },
  { google: 436, id: 'furniture', name: { zh: '家具', en: 'Furniture' }, art: 'couch-and-lamp' },
  { google: 632, id: 'hardware', name: { zh: '五金', en: 'Hardware' }, art: 'compass' },
  { google: 469, id: 'beauty', name: { zh: '美妆个护', en: 'Health & Beauty' }, art: 'lipstick' },
  { google: 536, id: 'home', name: { zh: '家居', en: 'Home & Garden' }, art: 'potted-plant' },
  { google: 5181, id: 'bags', name: { zh: '箱包', en: 'Luggage & Bags' }, art: 'luggage' },
  { google: 772, id: 'mature', name: { zh: '成人用品', en: 'Mature' }, art: 'wrapped-gift' },
  { google: 783, id: 'media', name: { zh: '图书影音', en: 'Media' }, art: 'radio' },
  { google: 922, id: 'office', name: { zh: '办公文具', en: 'Office Supplies' }, art: 'printer' },
  { google: 5605, id: 'ceremonial', name: { zh: '节庆礼仪', en: 'Religious & Ceremonial' }, art: 'red-envelope' },
  { google: 2092, id: 'software', name: { zh: '软件', en: 'Software' }, art: 'laptop' },
  { google: 988, id: 'sports', name: { zh: '运动户外', en: 'Sporting Goods' }, art: 'basketball' },
  { google: 1239, id: 'toys', name: { zh: '玩具', en: 'Toys & Games' }, art: 'teddy-bear' },
  { google: 888, id: 'vehicles', name: { zh: '汽车用品', en: 'Vehicles & Parts' }, art: 'bicycle' },
];

/** Names that Chinese shops give their categories, with their English and a drawing. */
const COMMON: readonly (readonly [zh: string, en: string, art: string])[] = [
  ['女装', 'Womenswear', 'dress'],
  ['男装', 'Menswear', 't-shirt'],
  ['童装', 'Kidswear', 'womans-clothes'],
  ['服装', 'Clothing', 'coat'],
  ['内衣', 'Underwear', 'socks'],
  ['鞋靴', 'Shoes', 'running-shoe'],
  ['女包', 'Handbags', 'handbag'],
  ['配件', 'Accessories', 'sunglasses'],
  ['手表', 'Watches', 'watch'],
  ['美妆', 'Beauty', 'lipstick'],
  ['个护', 'Personal care', 'toothbrush'],
  ['洗护', 'Bath and body', 'lotion-bottle'],
  ['清洁', 'Cleaning', 'sponge'],
  ['居家', 'Home living', 'bed'],
  ['家纺', 'Bedding', 'bed'],
  ['餐厨', 'Kitchen and dining', 'cooking'],
  ['厨房', 'Kitchen', 'kitchen-knife'],
  ['饮食', 'Food and drink', 'steaming-bowl'],
  ['零食', 'Snacks', 'cookie'],
  ['生鲜', 'Fresh food', 'strawberry'],
  ['水果', 'Fruit', 'tangerine'],
  ['茶叶', 'Tea', 'teapot'],
  ['数码', 'Gadgets', 'headphone'],
  ['手机', 'Phones', 'mobile-phone'],
  ['电脑', 'Computers', 'laptop'],
  ['家电', 'Appliances', 'radio'],
  ['运动', 'Sports', 'basketball'],
  ['户外', 'Outdoors', 'tent'],
  ['婴童', 'Baby and kids', 'teddy-bear'],
  ['玩具', 'Toys', 'video-game'],
  ['文具', 'Stationery', 'printer'],
  ['花卉', 'Flowers', 'rose'],
  ['礼品', 'Gifts', 'wrapped-gift'],
  ['杂货', 'Sundries', 'shopping-bags'],
  ['志趣', 'Hobbies', 'compass'],
];
const COMMON_BY_NAME = new Map(
  COMMON.flatMap(
    (one) =>
      [
        [one[0], one],
        [one[1].toLowerCase(), one],
      ] as const,
  ),
);

/** Shelves are named after their category: `<id>-<number>` is an id of 64 characters at most. */
const CATEGORY_ID_CHARS_MAX = 52;
const BY_NAME = new Map(
  KNOWN.flatMap(
    (one) =>
      [
        [one.name.en.toLowerCase(), one],
        [one.name.zh, one],
      ] as const,
  ),
);
const BY_NUMBER = new Map(KNOWN.map((one) => [String(one.google), one]));
const OTHER: CategoryWish = { id: 'other', name: { zh: '其他', en: 'Other' }, art: 'wrapped-gift' };
/** First steps of a path that say nothing. */
const ROOTS = new Set(['home', 'all', 'all products', 'shop', 'products', '首页', '全部', '全部商品']);

/**
 * The shop's category for what a file says: the broadest step of a path (`Apparel & Accessories > Clothing`), because
 * a phone shows a handful of categories. A numeric Google category below the top cannot be told from its number.
 */
export function categoryOf(written: string): CategoryWish {
  const steps = oneLine(written)
    .split(/\s*(?:>|›|»)\s*/)
    .filter((step) => step !== '');
  const step = (steps.length > 1 && ROOTS.has(steps[0]!.toLowerCase()) ? steps[1] : steps[0])?.slice(0, 40) ?? '';
  const known = BY_NAME.get(step.toLowerCase()) ?? BY_NUMBER.get(step);
  if (known) return { id: known.id, name: known.name, art: known.art };
  const common = COMMON_BY_NAME.get(step.toLowerCase());
  if (common) {
    const [zh, en, art] = common;
    return { id: idOf(en.toLowerCase().replaceAll(' ', '-'), 'c', CATEGORY_ID_CHARS_MAX), name: { zh, en }, art };
  }
  if (step === '' || /^\d+$/.test(step)) return OTHER;
  return { id: idOf(step.toLowerCase(), 'c', CATEGORY_ID_CHARS_MAX), name: both(step), art: null };
}

const OPTION_NAMES = new Map<string, Localized>(
  (
    [
      ['颜色', 'Color', 'Colour'],
      ['尺码', 'Size'],
      ['材质', 'Material'],
      ['图案', 'Pattern'],
      ['款式', 'Style'],
      ['规格', 'Variant'],
      ['容量', 'Capacity'],
      ['重量', 'Weight'],
      ['口味', 'Flavor', 'Flavour'],
      ['性别', 'Gender'],
      ['年龄段', 'Age group'],
      ['品牌', 'Brand', 'Vendor'],
    ] as const
  ).flatMap(([zh, ...names]) => [zh, ...names].map((name) => [name.toLowerCase(), { zh, en: names[0] }] as const)),
);

/** Names of options and attributes in both languages where they are common words; else as written. */
export function optionNameOf(written: string): Localized {
  return OPTION_NAMES.get(written.toLowerCase()) ?? both(written);
}
