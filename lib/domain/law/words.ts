import { plain } from './claims.ts';

/*
 * Words that are wrong whatever the numbers are. Each list is narrow on purpose: 最后一天, 最高减50, 第一件半价, 国家级非遗
 * and best friends are honest, and a law that refuses honest names is one that nobody listens to.
 */

type Words = { readonly zh: string; readonly en: string };
type Patterns = { readonly zh: RegExp; readonly en: RegExp };

const EVERYWHERE = '全国|全网|全球|全世界|世界|宇宙|地表|亚洲|国内|中国|行业|业内|同行|史上|历史|全年|同类';

/** Superlatives of the advertising law, art. 9 (3). Order in time, a range of one's own goods and official grades are not. */
export const ABSOLUTE: Patterns = {
  zh: new RegExp(
    [
      '国家级(?!非遗|非物质|文化遗产|地理标志|森林公园|湿地公园|自然保护区|工艺|大师)',
      '世界级|宇宙级|全球级|顶级|顶尖|极品|史无前例|空前绝后|绝无仅有|独一无二|万中无一|无与伦比|天下第一|遥遥领先',
      `(?:${EVERYWHERE})最(?!后|近|新|早|初|终)`,
      '最(?:佳|优|好|强|棒|牛|便宜|实惠|划算|合算|省钱|超值|先进|权威|专业|受欢迎|畅销|热销|热卖|顶|赞)',
      '最(?:高级|高端|高档|高品质|高标准|高等级|高奖励级别)',
      '最低(?:价|折|的价)|最大(?:的)?(?:优惠|力度|折扣|让利|规模|福利)|最火(?!锅)',
      `(?:${EVERYWHERE}|销量|排名|口碑|品质|质量|价格|热度)第一`,
      '第一(?:品牌|名牌|大牌|大店|低价|好店)|销(?:量|售)冠军',
      `(?:${EVERYWHERE})(?:唯一|首家|独家|无二)|唯一(?:正品|正宗)`,
      '绝对(?:低价|便宜|优惠|划算|正品|有效|超值)|(?:no\\.?1|top1)(?:品牌|店|好店|销量)?(?!\\d)',
    ].join('|'),
  ),
  en: new RegExp(
    [
      '\\bthe best\\b|\\bbest (?:prices?|deals?|offers?|value|discounts?|ever|quality|shop|store|in (?:china|town|the))\\b|\\bbest-selling in\\b',
      '\\b(?:the )?(?:lowest|cheapest|biggest|greatest|largest) (?:prices?|deals?|offers?|discounts?|ever|sale|in)\\b|\\bcheapest\\b',
      "\\bworld(?:'s)? (?:best|first|no)|\\bworld[- ]class\\b|\\bnational[- ]level\\b|\\bstate[- ]level\\b",
      '\\b(?:no\\. ?1|#1|number one)\\b (?:brand|shop|store|choice|seller|in|for)',
      '\\bunbeatable\\b|\\bunrivall?ed\\b|\\bsecond to none\\b|\\bmatchless\\b|\\bonly one in\\b',
    ].join('|'),
  ),
};

export const CASH: Patterns = {
  zh: /现金红包|现金大奖|现金奖励|(?:领|送|返|得|拿|瓜分|提)现金|可?提现|返现|变现|到账微信|打到银行卡/,
  en: /\bcash (?:packet|prize|reward|red|out)|\bcash ?back\b|\bwithdraw|\breal cash\b|\bin cash\b/,
};

/** A price to compare with is worked out from what was paid, never typed. */
export const TYPED_PRICE: Patterns = {
  zh: /(?:原价|市场价|专柜价|吊牌价|划线价|零售价|官方价|平时价|日常价|定价)(?:为|是|:|约)?¥?\d/,
  en: /\b(?:was|originally|rrp|list price|market price|usual price|retail price|used to be):? ?¥ ?\d/,
};

export const RECRUITS: Patterns = {
  zh: /拉人头|人头费|人头奖|发展下线|(?:你的|我的|拉|带)下线|下线(?:奖励|返利|提成|佣金)|躺赚|躺着赚|(?:多|二|两|三|N|n)级(?:分销|返利|奖励|提成|佣金)|(?:邀|拉|推荐|带)(?:请)?(?:的人|好友|人|朋友)?越多.{0,4}(?:赚|得|返|领|拿|分)得?越多|团队(?:奖励|提成|业绩)|级差奖|裂变返利/,
  en: /\bdown-?lines?\b|\bmulti-?level\b|\bpyramid\b|\bpassive income\b|\binvite more,? (?:to )?(?:earn|get|make) more\b|\brecruit|\bpaid per head\b/,
};

/** Not the ledger's figures: a name is as long as the campaign, and what is left changes. */
export const SCARCE: Patterns = {
  zh: /(?:仅|只|就)(?:剩|余)(?:下)?(?:最后)?(?:\d+|[一二三四五六七八九十百几]+)|(?:剩余|还剩|库存)\d+|最后(?:\d+|[一二三四五六七八九十百几]+)(?:件|张|份|个|名|单|席|台|位)|(?:即将|快要|马上|就要|快)(?:抢光|售罄|抢完|领完|卖完|卖光)|库存告急|所剩无几|疯抢中|(?:\d+|[一二三四五六七八九十百千万]+)万?(?:人|位)(?:已|正在|都在|在)(?:抢|领|买|看|下单)|已(?:售|抢|领|卖)(?:出)?\d+/,
  en: /\bonly \d+ (?:left|remaining|to go)|\blast \d+ (?:pieces|items|coupons|packets|places|left|units)|\balmost (?:gone|sold out)|\bnearly sold out|\bselling (?:out )?fast|\bgoing fast|\b\d[\d,]* (?:people|shoppers) (?:are|have|bought|claimed)/,
};

export const ENDLESS: Patterns = {
  zh: /永久有效|长期有效|终身有效|终生有效|永不过期|永不失效|不限时间|无(?:使用)?期限|不限期|随时可用|随时能用|一直有效|永久可用/,
  en: /\bnever expires?|\bno (?:expiry|expiration|end date|time limit)|\bforever\b|\bgood (?:at )?any ?time|\bpermanent/,
};

export const NO_THRESHOLD: Patterns = {
  zh: /无门槛|零门槛|0门槛|无需凑单|不用凑单|不设门槛|没有门槛|任意金额|1分起用|一分起用/,
  en: /\bno (?:minimum|threshold|min\b|minimum spend)|\bany amount|\bwithout (?:a )?(?:minimum|threshold)/,
};

/** No cap on what it gives. */
export const NO_CAP: Patterns = {
  zh: /上不封顶|不封顶|无上限|不设上限|没有上限/,
  en: /\bno cap\b|\buncapped\b|\bunlimited (?:savings|discount)|\bno (?:upper )?limit\b/,
};

/** No end to how many there are. */
export const NO_QUANTITY_LIMIT: Patterns = {
  zh: /无限(?:领|量|次|张)|不限(?:量|次数|张数|名额)|人人(?:都有|有份)|随便领|领不完/,
  en: /\bunlimited (?:coupons|packets|claims)|\bas many as you (?:like|want)|\bone for everybody|\bfor everyone who asks/,
};

export const WHOLE_SHOP: Patterns = {
  zh: /(?:全场|全店|全站)通用|全部商品|所有商品|任意商品|任何商品|不限商品|全品类|全店|全站|全场/,
  en: /\bstore-?wide\b|\bsite-?wide\b|\bentire (?:store|shop)\b|\bwhole (?:store|shop)\b|\ball (?:goods|products|items)\b|\bany (?:item|product|goods)\b|\beverything\b(?! (?:in|for|from|at|of|you))/,
};

/** The words of a pattern in a name, in either language; null: they are not there. */
export function found(name: Words, patterns: Patterns): string | null {
  return plain(name.zh, 'zh').match(patterns.zh)?.[0] ?? plain(name.en, 'en').match(patterns.en)?.[0] ?? null;
}
