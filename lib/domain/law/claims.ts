/*
 * What the name of a campaign promises, in fen and thousandths. Only what stands beside a unit or a word of giving is
 * read: 双11, 618, 3月8日 and 2026元旦 promise nothing.
 */

type Promised =
  /** `cutFen` off from `fullFen` on, again for each further one if `isEach`. */
  | { readonly kind: 'pair'; readonly fullFen: number; readonly cutFen: number; readonly isEach: boolean }
  /** So much, somehow; `isMost`: with luck, or with many goods. */
  | { readonly kind: 'amount'; readonly fen: number; readonly isMost: boolean }
  /** So much for everybody. */
  | { readonly kind: 'for_all'; readonly fen: number }
  /** So many thousandths of the price are paid, from `pieces` or `fullFen` on where that is said. */
  | {
      readonly kind: 'share';
      readonly payPermille: number;
      readonly fullFen: number | null;
      readonly pieces: number | null;
    }
  | { readonly kind: 'free' };

/** `said`: the words that promise it. */
export type Claim = Promised & { readonly said: string };

/** One width, one case, no spaces between Chinese: what is compared. */
export function plain(text: string, locale: 'zh' | 'en'): string {
  const folded = text.normalize('NFKC').toLowerCase().replace(/￥/g, '¥');
  return locale === 'zh' ? folded.replace(/\s+/g, '') : folded.replace(/[’‘]/g, "'").replace(/\s+/g, ' ').trim();
}

const DIGITS = '零一二三四五六七八九';
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000, 万: 10_000 };

/** `1,299.5`, `两百`, `十五`, `2万` → a number; NaN for anything else. */
export function numberOf(text: string): number {
  if (/^[\d.,]+万?$/.test(text)) {
    return Number(text.replace(/[,万]/g, '')) * (text.endsWith('万') ? 10_000 : 1);
  }
  let sum = 0;
  let digit = 0;
  for (const sign of text.replaceAll('两', '二')) {
    const unit = UNITS[sign];
    if (unit === 10_000) {
      sum = (sum + digit) * unit;
      digit = 0;
    } else if (unit !== undefined) {
      sum += (digit || 1) * unit;
      digit = 0;
    } else if (DIGITS.includes(sign)) digit = DIGITS.indexOf(sign);
    else return Number.NaN;
  }
  return sum + digit;
}

const fen = (text: string) => Math.round(numberOf(text) * 100);

/** `8`, `8.5`, `85`, `八五` tenths or hundredths → thousandths that are paid. */
function payPermille(text: string): number {
  const plainDigits = [...text].every((sign) => DIGITS.includes(sign))
    ? Number([...text].map((sign) => DIGITS.indexOf(sign)).join(''))
    : numberOf(text);
  return Math.round(plainDigits > 10 ? plainDigits * 10 : plainDigits * 100);
}

const FIGURES = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`;
const N = `(${FIGURES}万?|[一二两三四五六七八九十百千万]+)`;
/** After a number: it counts things, days or people, not money. */
const NOT_MONEY = '(?!\\d|\\.\\d|,\\d{3}|[件张个名天小时人折%次份套支瓶月日号点款代第年周位单期])';
/** 元 that begins another word. */
const YUAN = '元(?!旦|宵|气|素|宝|首|勋)|块(?!头)';
const BETWEEN = '(?:无门槛|现金|新人|通用|大额|专属|购物|消费|店铺|平台|品类|组队|瓜分|惊喜|超级|拼手气|限时|双11|的)*';
const VALUE = '(?:红包|优惠券|代金券|抵用券|满减券|券|礼包|津贴|补贴|福利)';

type Reader = readonly [pattern: RegExp, read: (found: readonly (string | undefined)[]) => Promised];

/** In this order; what one has read, the next ones do not see. */
const ZH: readonly Reader[] = [
  [
    new RegExp(
      `(每)?满${N}(?:${YUAN})?(?:可以|可|就|立|再|直|最高|最多)*(?:减免|减|省|返|抵|送|优惠)¥?${N}(?:${YUAN})?${NOT_MONEY}`,
      'g',
    ),
    ([, each, full, cut]) => ({
      kind: 'pair',
      fullFen: fen(full ?? ''),
      cutFen: fen(cut ?? ''),
      isEach: each !== undefined,
    }),
  ],
  [
    new RegExp(`(每)?¥?${N}元(?:可|就|立|再|直)?减¥?${N}(?:${YUAN})?${NOT_MONEY}`, 'g'),
    ([, each, full, cut]) => ({
      kind: 'pair',
      fullFen: fen(full ?? ''),
      cutFen: fen(cut ?? ''),
      isEach: each !== undefined,
    }),
  ],
  [
    new RegExp(`满${N}(?:${YUAN})?(?:可|就|立)?(?:享受|享|打)?${N}折(?!扣|叠)`, 'g'),
    ([, full, pay]) => ({ kind: 'share', payPermille: payPermille(pay ?? ''), fullFen: fen(full ?? ''), pieces: null }),
  ],
  [
    /第(?:2|二|两)件(?:(半价)|([\d.]+|[一二三四五六七八九]+)折)/g,
    ([, half, pay]) => ({
      kind: 'share',
      payPermille: (1000 + (half ? 500 : payPermille(pay ?? ''))) / 2,
      fullFen: null,
      pieces: 2,
    }),
  ],
  [
    /买([\d一二两三四五])送([\d一二两三四五])(?!张|元)/g,
    ([, buy, gift]) => {
      const [bought, given] = [numberOf(buy ?? ''), numberOf(gift ?? '')];
      return {
        kind: 'share',
        payPermille: Math.floor((bought * 1000) / (bought + given)),
        fullFen: null,
        pieces: bought + given,
      };
    },
  ],
  [
    new RegExp(`满?${N}件(?:及以上|以上)?(?:享受|享|打|可享)?${N}折(?!扣|叠)`, 'g'),
    ([, pieces, pay]) => ({
      kind: 'share',
      payPermille: payPermille(pay ?? ''),
      fullFen: null,
      pieces: numberOf(pieces ?? ''),
    }),
  ],
  [
    /([\d.]+|[一二三四五六七八九]+)折(?!扣|叠|纸|返)/g,
    ([, pay]) => ({ kind: 'share', payPermille: payPermille(pay ?? ''), fullFen: null, pieces: null }),
  ],
  [/半价|对折/g, () => ({ kind: 'share', payPermille: 500, fullFen: null, pieces: null })],
  [
    new RegExp(`(?:每人|人人|每位|人均)(?:都|各|得|领|有|可|分|拿|至少|到)*¥?${N}(?:${YUAN})`, 'g'),
    ([, each]) => ({ kind: 'for_all', fen: fen(each ?? '') }),
  ],
  [
    new RegExp(
      `(最高|最多|至多|高达|可达)?(?:可|再)?(?:立减|直减|直降|减免|减|立省|省|抵扣|抵|返|优惠|便宜)(?!至|到)(最高|最多|高达)?¥?${N}(?:${YUAN})?${NOT_MONEY}`,
      'g',
    ),
    ([, before, after, cut]) => ({ kind: 'amount', fen: fen(cut ?? ''), isMost: (before ?? after) !== undefined }),
  ],
  [
    new RegExp(
      `(最高|最多|至多)?可?(?:瓜分|分|领|送|得|拿)到?(?:现金|红包|大奖)?(最高|最多)?(?:¥${N}|${N}(?:${YUAN}))`,
      'g',
    ),
    ([, before, after, a, b]) => ({ kind: 'amount', fen: fen(a ?? b ?? ''), isMost: (before ?? after) !== undefined }),
  ],
  [
    new RegExp(
      `(?:最高|最多|可以|能|可|会)*(?:长|涨|翻)(?:大|倍)?(?:到|至|成)(?:最高|最多)?(?:¥${N}|${N}(?:${YUAN}))`,
      'g',
    ),
    ([, a, b]) => ({ kind: 'amount', fen: fen(a ?? b ?? ''), isMost: true }),
  ],
  [
    new RegExp(`(最高|最多|至多)?(?:¥${N}|${N}(?:${YUAN}))${BETWEEN}${VALUE}`, 'g'),
    ([, most, a, b]) => ({ kind: 'amount', fen: fen(a ?? b ?? ''), isMost: most !== undefined }),
  ],
  [/免单|白送|白拿|0元购|零元购|全额返/g, () => ({ kind: 'free' })],
];

const M = `¥ ?(${FIGURES})`;
const EN: readonly Reader[] = [
  [
    new RegExp(
      `${M} off (?:for |on |over |from |orders? |of |when you spend |any )*(every |each |per )?(?:order )?(?:over |of )?${M}`,
      'g',
    ),
    ([, cut, each, full]) => ({
      kind: 'pair',
      fullFen: fen(full ?? ''),
      cutFen: fen(cut ?? ''),
      isEach: each !== undefined,
    }),
  ],
  [
    new RegExp(`(every |each )?${M}(?: spent)?,? (?:takes?|gets?|saves?) ${M} off`, 'g'),
    ([, each, full, cut]) => ({
      kind: 'pair',
      fullFen: fen(full ?? ''),
      cutFen: fen(cut ?? ''),
      isEach: each !== undefined,
    }),
  ],
  [
    /(\d+) (?:items?|pieces?|pcs)(?: or more)?[:,]? (?:get |at )?(\d+(?:\.\d+)?)% off/g,
    ([, pieces, off]) => ({
      kind: 'share',
      payPermille: 1000 - Number(off) * 10,
      fullFen: null,
      pieces: Number(pieces),
    }),
  ],
  [
    new RegExp(String.raw`(\d+(?:\.\d+)?)% off (?:on |for |orders? )*(?:over |from )${M}`, 'g'),
    ([, off, full]) => ({
      kind: 'share',
      payPermille: 1000 - Number(off) * 10,
      fullFen: fen(full ?? ''),
      pieces: null,
    }),
  ],
  [
    /(\d+(?:\.\d+)?)% off/g,
    ([, off]) => ({ kind: 'share', payPermille: 1000 - Number(off) * 10, fullFen: null, pieces: null }),
  ],
  [/half[ -](?:price|off)/g, () => ({ kind: 'share', payPermille: 500, fullFen: null, pieces: null })],
  [/buy one,? get one(?: free)?|\bbogo\b/g, () => ({ kind: 'share', payPermille: 500, fullFen: null, pieces: 2 })],
  [
    new RegExp(`(?:${M} (?:for )?(?:each of you|each|everyone|everybody)|everyone (?:gets|has) ${M})`, 'g'),
    ([, a, b]) => ({ kind: 'for_all', fen: fen(a ?? b ?? '') }),
  ],
  [new RegExp(`(?:up|grows?) to ${M}`, 'g'), ([, most]) => ({ kind: 'amount', fen: fen(most ?? ''), isMost: true })],
  [
    new RegExp(`(?:save|get|win|take|share|worth) ${M}`, 'g'),
    ([, cut]) => ({ kind: 'amount', fen: fen(cut ?? ''), isMost: false }),
  ],
  [
    new RegExp(
      `${M} (?:(?:shop|team|shared|welcome|newcomer'?s?|red) )*(?:off|packet|coupon|voucher|bonus|gift|pot)`,
      'g',
    ),
    ([, cut]) => ({ kind: 'amount', fen: fen(cut ?? ''), isMost: false }),
  ],
  [/free of charge|free goods|for nothing|on the house/g, () => ({ kind: 'free' })],
];

/** All that a name promises. A number that no reader knows promises nothing. */
export function claimsOf(text: string, locale: 'zh' | 'en'): Claim[] {
  let rest = plain(text, locale);
  const claims: Claim[] = [];
  for (const [pattern, read] of locale === 'zh' ? ZH : EN) {
    for (const found of rest.matchAll(pattern)) claims.push({ ...read(found), said: found[0] });
    rest = rest.replace(pattern, '|');
  }
  return claims;
}
