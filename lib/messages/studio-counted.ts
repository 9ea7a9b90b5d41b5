import { defineMessages } from './define.ts';

/** How each number of the studio is counted, beside the number. */
export const studioCountedMessages = defineMessages({
  'zh-CN': {
    links: '本活动里生成的全部链接，不论第几层',
    opens: '打开次数：同一浏览器打开同一链接，一小时内只算一次；机器人、预览、预加载和嵌入的框架不算',
    visitors: '访客：按链接计，同一浏览器来过同一链接只算一位',
    touched: '有效访客：在链接打开的页面上有过操作的浏览器，一个活动里只算一位',
    joined: '已登录：有效访客里验证了手机号的人',
    orders: '归因订单：有效访问后 7 天内（或活动设定的天数）下单并付款的人，每人每个活动只算一单',
    gmvFen: '成交额：归因订单的实付金额',
    refundedFen: '退款：归因订单里已退回的金额，含部分退款',
    vestedFen: '落实金额：已完成、过了退货期的归因订单留下的金额',
    revenue: '链接的成交额：归因模型分给这个链接的金额，整单退款的不算',
    depths: '层数：0 是商家或自己来的人生成的链接，1 是从它打开后再分享的，依此类推',
    k: 'K 值：每位分享者平均带来几位新的分享者。只看首次分享已满 6 小时的人；每位新分享者只算给带他来的那一位。范围是 95% 置信区间（Harris 1948 的分枝过程估计，对数尺度的 delta 法；一位也没带来时用“三分法则”）',
    halfLife: '半衰期：从最热的那个小时结束算起，到此后全部打开次数过半所用的时间；活动还在进行时会继续变化',
    rateTouched: '操作率：打开后在页面上有过操作的比例。括号里是 95% 置信区间（Wilson 1927）',
    rateJoined: '登录率：有效访客里验证了手机号的比例。括号里是 95% 置信区间（Wilson 1927）',
    rateOrdered: '下单率：已登录的人里付款下单的比例。括号里是 95% 置信区间（Wilson 1927）',
    rateRefunded: '整单退款率：归因订单里整单退回的比例。括号里是 95% 置信区间（Wilson 1927）',
    spreaders: '按带来的访客排序；没有同意显示昵称的人用本活动内的代号',
    children: '带来的分享：从他的链接打开、有过操作后又生成的链接',
    channels:
      '渠道：先看链接上的 utm_source、utm_medium，再看打开的 App，再看来源网页；UTM 是这条分享链最上面、商家链接上的标签',
    graph: '每个点是一个链接，线连着它从哪个链接打开后分享而来；最多显示 5 万个，先留下有人来过的和层数浅的',
    models: '换一种归因方式，同样的订单会分给谁；已经计入的不会改变',
    shares: '发出：24 小时内用这个域名给出去的链接次数',
    domainOpens: '打开：24 小时内从这个域名打开的次数，机器人不算',
    suspicion: '疑似被封：最近 3 小时的打开次数不到按发出次数推算的五分之一（以此前 7 天为准，推算值至少 30 次）',
  },
  'en-US': {
    links: 'All links made in this campaign, at whatever depth',
    opens:
      'Opens: one browser opening one link counts once in an hour; robots, previews, prefetches and frames do not count',
    visitors: 'Visitors: counted per link, one browser once for each link',
    touched: 'Touched: browsers that did something on the page a link led to, once per campaign',
    joined: 'Signed in: of those, the ones in which somebody proved a phone number',
    orders:
      'Credited orders: people who placed and paid an order within 7 days of a touch (or the campaign’s window), one order per person and campaign',
    gmvFen: 'Sales: what was paid for credited orders',
    refundedFen: 'Refunds: what of credited orders went back, parts of orders too',
    vestedFen: 'Kept: what is left of credited orders that are completed and past their return window',
    revenue: 'A link’s sales: the part the attribution model gives it, without orders that went back as a whole',
    depths:
      'Generations: 0 is a link of the shop, or of somebody who came by himself; 1 was made by somebody who came through a 0, and so on',
    k: 'K: how many new sharers a sharer brings on average. Only people who first shared at least 6 hours ago are looked at; each new sharer counts for the one who brought him. The range is the 95% confidence interval (Harris 1948 for branching processes, delta method on the logarithm; the rule of three where nobody was brought)',
    halfLife:
      'Half-life: from the end of the busiest hour, the time until half of all later opens had come; it still moves while the campaign runs',
    rateTouched: 'Of the opens, those with something done on the page; in brackets the 95% interval (Wilson 1927)',
    rateJoined: 'Of those who touched, the ones with a proved phone number; in brackets the 95% interval (Wilson 1927)',
    rateOrdered: 'Of those signed in, the ones who paid an order; in brackets the 95% interval (Wilson 1927)',
    rateRefunded: 'Of the credited orders, those that went back whole; in brackets the 95% interval (Wilson 1927)',
    spreaders:
      'By the visitors they brought; who has not agreed to show a name has a pseudonym that means nothing outside this campaign',
    children: 'Brought shares: links made by people who came through his and did something on the page',
    channels:
      'Channel: the link’s utm_source and utm_medium first, then the app it was opened in, then the page that linked here. UTM tags are those of the shop’s link at the top of the chain',
    graph:
      'Each dot is a link, joined to the one its maker had come through; 50,000 at most, visited ones and upper generations first',
    models: 'Whose the same orders would be under another model; what was counted does not change',
    shares: 'Handed out: how often a link was given out with this domain in 24 hours',
    domainOpens: 'Opens: how often links were opened on this domain in 24 hours, without robots',
    suspicion:
      'May be blocked: in the last 3 hours opens were under a fifth of what the links handed out should have brought (by the 7 days before, when at least 30 were expected)',
  },
});
