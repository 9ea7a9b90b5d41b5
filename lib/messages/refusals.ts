import type { Locale } from '../contracts/contract.ts';
import type { AnyRefusal } from '../contracts/named.ts';
import { chinaTime } from './china-time.ts';
import { lineProblemSentence } from './line-problems.ts';
import { offerSentences } from './refusals-offer.ts';
import { pickupSentences } from './refusals-pickup.ts';

type Sentences = { readonly [Code in AnyRefusal['code']]: (facts: Extract<AnyRefusal, { code: Code }>) => string };

const seconds = (ms: number) => Math.max(1, Math.ceil(ms / 1_000));

/**
 * One sentence per refusal code and language: what is so, and what to do next. The server puts it into each
 * refusal, so that a page does not carry both languages of all rooms. A code without a sentence does not compile.
 */
const sentences: { readonly [L in Locale]: Sentences } = {
  'zh-CN': {
    ...pickupSentences['zh-CN'],
    push_service_unknown: () => '这个浏览器的推送服务不在支持之列，通知仍会以短信发送',
    push_unusable: () => '这台设备没有给出可用的推送密钥，请刷新后再试',
    ...offerSentences['zh-CN'],
    store_busy: ({ reserved, arriving, orders }) =>
      `门店还有 ${reserved} 件被占用、${arriving} 件在途、${orders} 个自提订单，处理完才能闭店；现在可以先暂停营业`,
    hours_unreadable: ({ fault }) => `看不懂“${fault}”，请写成 Mo-Su 09:00-22:00`,
    invalid_input: () => '有内容填写不正确，请检查后再试',
    too_large: ({ bytesMax }) => `内容太长，最多 ${Math.floor(bytesMax / 1024)} KB`,
    login_required: () => '请先登录',
    phone_required: () => '请先验证手机号',
    forbidden: () => '这个账号没有此项权限',
    not_found: () => '没有找到，可能链接有误或不属于当前账号',
    key_reused: () => '这次提交的内容与上次不同，请刷新后再提交',
    waiting: ({ position }) => `排队中，你在第 ${position} 位，稍等就有结果`,
    try_later: ({ retryAfterMs }) => `人多排队中，约 ${seconds(retryAfterMs)} 秒后自动再试，购物车已为你保留`,
    fault: ({ id }) => `这里出了问题，我们已记录（编号 ${id}），请稍后再试`,
    too_many_codes: ({ retryAfterMs }) => `验证码发送太频繁，请 ${seconds(retryAfterMs)} 秒后再试`,
    wrong_code: () => '验证码不对，请核对后再输',
    code_expired: () => '验证码已过期，请重新获取',
    account_blocked: () => '这个手机号的账号已被停用，请联系店铺客服；商品可以照常浏览',
    too_many_tries: () => '输错次数过多，请重新获取验证码',
    wrong_password: () => '邮箱或密码不对',
    too_many_addresses: ({ max }) => `最多保存 ${max} 个地址，请先删除一个`,
    unknown_region: () => '所在地区有误，请重新选择省市区',
    nothing_to_quote: ({ problems }) => firstProblem('zh-CN', problems) ?? '这些商品现在都不能购买',
    lines_refused: ({ problems }) => firstProblem('zh-CN', problems) ?? '有商品暂时不能购买，请查看标出的原因',
    price_changed: () => '价格有变化，请确认后再提交',
    tier_full: () => '优惠名额已满，请确认当前价格后再提交',
    quote_expired: () => '报价已过期，已为你重新计算，请确认后再提交',
    quote_invalid: () => '报价无效，请返回购物车重新结算',
    unknown_address: () => '收货地址不存在，请重新选择',
    too_many_unpaid: ({ max }) => `你有 ${max} 个订单待付款，请先付款或取消后再下单`,
    order_cannot_move: () => '订单状态已变化，不能再做这项操作，已为你刷新',
    request_cannot_move: () => '申请状态已变化，不能再做这项操作，已为你刷新',
    too_many_units: ({ left }) => `最多可退 ${left} 件，其余已退`,
    return_window_over: () => '已过签收后 7 天，不能再申请无理由退货',
    promotion_wrong: ({ fault }) =>
      ({
        no_steps: '请至少填写一档优惠，最多五档',
        steps_not_rising: '门槛要一档比一档高，优惠也要一档比一档多',
        cut_too_big: '减免金额要小于门槛金额',
        not_a_number: '请填写大于 0 的门槛和优惠',
      })[fault] ?? '优惠规则有误',
    promotion_times_wrong: () => '结束时间要晚于现在，也要晚于开始时间',
    unknown_scope: ({ id }) => `没有找到 ${id}，请核对分类或商品`,
    too_many_promotions: ({ max }) => `同时进行的满减最多 ${max} 个，请先停止一个`,
    same_person: () => '力度大的优惠和预算需要另一位运营确认',
    promotion_over: () => '这个满减已经结束',
    not_our_page: () => '只能分享会场里的页面，这个地址不行',
    wechat_off: () => '这个商城没有接入微信',
    wechat_login_needed: () => '付款前需要确认你的微信，请再点一次付款',
    wechat_silent: () => '微信暂时没有回应，请稍后再试，其他功能不受影响',
    too_many_links: ({ max }) => `最多保留 ${max} 个分享链接，请继续使用已有的链接`,
    campaign_is_fixed: () => '活动的归因方式和有效期不能更改，请新建一个活动',
    unknown_campaign: () => '没有找到这个分享活动',
    unknown_link: () => '没有找到这个分享链接',
    expires_too_soon: () => '失效时间已经过去，请填写以后的时间',
    csv_unreadable: ({ line }) => `文件第 ${line} 行的引号没有结束，请检查后再传`,
    csv_too_long: ({ max }) => `一个文件最多 ${max} 行，请分成几个文件`,
    too_many_tokens: ({ max }) => `同时有效的令牌最多 ${max} 个，请先停用一个`,
    unknown_token: () => '没有找到这个令牌',
    domain_wrong: () => '这不是能用的域名，请只填域名，例如 s.example.com',
    too_many_domains: ({ max }) => `最多保留 ${max} 个分享域名，请先停用一个`,
    unknown_domain: () => '没有找到这个分享域名，可能已停用',
    domain_silent: () => '这个域名现在没有指向本店，请核对解析和证书；确认无误可以选择仍然切换',
    domain_is_current: () => '正在使用的域名不能停用，请先切换到别的域名',
    unknown_coupon: () => '没有找到这张券，可能已下架',
    coupon_not_open: () => '还没开始领取，请稍后再来',
    coupon_over: () => '这个活动已经结束',
    coupon_gone: () => '手慢了，已抢光，看看其他优惠吧',
    coupon_limit: ({ limit }) => `每人限领 ${limit} 张，你已领取，去使用吧`,
    coupon_wrong: ({ fault }) =>
      ({
        cut_too_big: '减免金额要小于门槛金额',
        window_wrong: '使用时间有误：结束要晚于开始，也要晚于领取结束',
        claim_times_wrong: '领取时间有误：结束要晚于开始，也要晚于现在',
        budget_too_small: '预算不够发一张券',
        not_a_number: '请填写大于 0 的金额和数量',
      })[fault] ?? '券的规则有误',
    coupon_published: () => '券已发布，不能再改；可以停止后另建一张',
    too_many_coupons: ({ max }) => `同时进行的券最多 ${max} 种，请先停止一种`,
    raise_open: () => '上一次追加预算还没生效，请先确认或撤回',
    raise_in_force: () => '这次追加已经生效，不能撤回；可以停止这张券',
    unknown_team_campaign: () => '没有找到这个组队活动，可能已下架，看看其他活动吧',
    team_campaign_not_open: ({ opensAt }) => `活动 ${chinaTime(opensAt)} 开始，届时再来开红包`,
    team_campaign_over: () => '这个组队活动已经结束，看看其他活动吧',
    team_campaign_stopped: () => '这个组队活动已停止，看看其他活动吧',
    team_campaign_paused: () => '这个组队活动正在核对，暂时不能开红包，请稍后再来',
    coupon_paused: () => '这张券正在核对，暂时不能领，请稍后再来',
    not_paused: () => '这个活动没有暂停，可能已恢复',
    team_budget_gone: () => '今日红包已发完，去领券中心看看其他优惠吧',
    other_live_team: () => '你在这个活动里还有一个队没组满，先邀请好友把它组满',
    unknown_team: () => '没有找到这个队，链接可能不完整；可以请好友重新分享，或开一个新队',
    packet_code: () => '这个口令是会长大的红包的，不是组队的，去看那个红包吧',
    own_team: () => '这是你自己开的队，把它分享给好友一起拆吧',
    team_full: () => '很遗憾，这个队已满，开一个新队吧',
    team_expired: () => '超过规定时间，这个队没有组满，开一个新队吧',
    joins_used_up: ({ limit, againAt }) =>
      `今天已加入 ${limit} 个队，${chinaTime(againAt)} 起可以再加入；现在可以开一个自己的队`,
    not_in_team: () => '你不在这个队里，开一个新队吧',
    team_not_split: ({ placesLeft }) => `还差 ${placesLeft} 人即可瓜分，再邀请好友吧`,
    share_lapsed: ({ endedAt }) => `这份红包在 ${chinaTime(endedAt)} 前没有拆开，已经失效，开一个新队吧`,
    team_campaign_wrong: ({ fault }) =>
      ({
        not_a_number: '请填写规定范围内的金额、人数和时间',
        shares_too_big: '每份至少的比例乘以人数，加上队长加成，不能超过整个红包',
        pot_too_small: '红包金额太小，不够每人分到 1 分钱',
        threshold_too_low: '使用门槛要高于最大的一份',
        consolation_too_big: '安慰券不能高于整个红包',
        times_wrong: '结束时间要晚于开始，也要晚于现在',
        good_for_too_short: '券的失效时间要晚于最后可能拆开的时间',
        budget_too_small: '预算不够开一个队',
      })[fault] ?? '组队活动的规则有误',
    team_campaign_published: () => '活动已发布，不能再改；可以停止后另建一个',
    unknown_packet_campaign: () => '没有找到这个红包活动，可能已下架，看看其他活动吧',
    packet_campaign_not_open: ({ opensAt }) => `活动 ${chinaTime(opensAt)} 开始，届时再来领红包`,
    packet_campaign_over: () => '这个红包活动已经结束，看看其他活动吧',
    packet_campaign_stopped: () => '这个红包活动已停止发放，已领的红包照常使用',
    packet_campaign_paused: () => '这个红包活动正在核对，暂时不能领，请稍后再来；已领的红包照常使用',
    packet_budget_gone: () => '红包已发完，去领券中心看看其他优惠吧',
    has_packet: () => '你在这个活动里已有一个红包，把它分享给好友一起长大吧',
    unknown_packet: () => '没有找到这个红包，链接可能不完整；可以请好友重新分享，或领一个自己的红包',
    team_code: () => '这个口令是组队红包的，不是会长大的红包，去看那个队吧',
    own_packet: () => '这是你自己的红包，自己来看不会长大，把它分享给好友吧',
    packet_ended: ({ endedAt }) => `这个红包在 ${chinaTime(endedAt)} 已经结束，领一个自己的红包吧`,
    last_generation: ({ generations }) =>
      `这已是第 ${generations} 代红包，从这里不能再领；可以去活动页领一个自己的红包`,
    visit_too_short: ({ stayMs }) => `再看 ${seconds(stayMs)} 秒，点一下页面，就能帮TA的红包长大`,
    already_visited: ({ state }) =>
      state === 'pending' ? '你已经来看过，验证手机号后TA的红包就会长大' : '你已经来看过这个红包，领一个自己的吧',
    helped_other: () => '你在这个活动里已经帮一个红包长大过，每人一次；领一个自己的红包吧',
    packet_full: () => '这个红包已长到最大，不用再帮了；领一个自己的红包吧',
    packet_campaign_wrong: ({ fault }) =>
      ({
        not_a_number: '请填写规定范围内的金额、比例和时间',
        too_small_to_grow: '起始金额太小：每次长大至少要有 1 分钱，上限要高于起始金额',
        times_wrong: '结束时间要晚于开始，也要晚于现在',
        budget_too_small: '预算不够发一个长到最大的红包',
      })[fault] ?? '红包活动的规则有误',
    packet_campaign_published: () => '活动已发布，不能再改；可以停止后另建一个',
    too_many_packet_campaigns: ({ max }) => `同时进行的红包活动最多 ${max} 个，请先停止一个`,
    campaign_unlawful: ({ faults }) =>
      `不能发布：${faults.map(({ article, says }) => `${says.zh}（${article.zh}）`).join('；')}`,
    too_many_team_campaigns: ({ max }) => `同时进行的组队活动最多 ${max} 个，请先停止一个`,
    risk_work_required: ({ isSpent }) =>
      isSpent ? '验证已失效，请再试一次' : '为保障公平，请稍候验证完成后再试；没有反应时请刷新页面',
    risk_challenge: () => '为保障公平，请完成验证：向你的手机发送一个验证码',
    risk_blocked: ({ mayAppeal }) =>
      mayAppeal ? '你的账号暂不能参与本活动，可申诉' : '你的账号暂不能参与本活动，申诉结果见“我的”',
    risk_limit: ({ limit, againAt }) =>
      ({
        person: '你在本活动的奖励已达上限，已得的奖励可照常使用',
        payout: '使用同一付款账户的人已达本活动上限，已得的奖励可照常使用',
        device: '这台设备上参与的人已达本活动上限，可申诉',
        pace: againAt === null ? '操作太快了，请稍后再试' : `操作太快了，请在 ${chinaTime(againAt)} 后再试`,
        codes:
          againAt === null
            ? '多次输入不存在的口令，请稍后再试'
            : `多次输入不存在的口令，请在 ${chinaTime(againAt)} 后再试，或请好友重新分享`,
      })[limit] ?? '本活动的奖励已达上限',
    not_a_key: () => '设备密钥无效，请刷新页面',
    unknown_decision: () => '没有找到这条记录，可能不属于当前账号',
    already_appealed: () => '这条记录已经申诉过，请等待处理结果',
    order_in_review: ({ until }) =>
      until === null ? '这单审核未通过，正在退款，不能打包' : `订单审核中，最迟 ${chinaTime(until)} 放行，现在不能打包`,
    review_over: ({ state }) => (state === 'refused' ? '这组订单已拒绝并退款，不能再改' : '这组订单已放行，不能再拒绝'),
    hold_over: ({ state }) => (state === 'refused' ? '这份奖励已被拒绝，不能再改' : '这份奖励已放行，不能再拒绝'),
    already_answered: () => '这条申诉已有人处理，已为你刷新',
    gate_open: () => '发放没有暂停，无需恢复',
    lift_needs_another: () => '恢复发放需要另一位运营确认',
    controls_silent: () => '风控还没有恢复上报，恢复后会自动放行',
    order_not_payable: () => '订单当前不能付款，请查看订单状态',
    payment_window_over: () => '付款时间已过，订单将关闭，库存会释放',
    unknown_channel: () => '这种付款方式现在没有开通，请换一种',
    already_settled: () => '这条通知已由他人处理，已为你刷新',
    channel_silent: () => '支付机构暂时没有应答，没有扣款，请换一种付款方式或稍后再试',
    trade_closed: () => '这笔交易已关闭，没有扣款',
    below_reserved: ({ available }) => `最多可减 ${available} 件，其余已被订单占用`,
    unknown_sku: () => '没有这个规格，请核对编号',
    not_stopped: () => '这个规格没有停售，可能已被重新开售',
    unknown_location: () => '没有这个库位，请重新选择',
    same_location: () => '调出和调入不能是同一个库位',
    too_many_locations: ({ max }) => `最多 ${max} 个库位`,
    transfer_over: ({ state }) => (state === 'arrived' ? '这笔调拨已到货，不能再改' : '这笔调拨已退回，不能再改'),
    not_for_sale: () => '这件商品暂不销售',
    in_stock: ({ available }) => `现在还有 ${available} 件，不用候补，可直接购买`,
    limit_reached: ({ limit, owned }) =>
      owned > 0 ? `每人限购 ${limit} 件，你已购买 ${owned} 件` : `每人限购 ${limit} 件`,
    too_many_waits: ({ max }) => `最多同时候补 ${max} 件商品，请先取消一个`,
    session_started: () => '场次已开始，不能再改',
    session_times_wrong: () => '结束时间要晚于开始时间，开始时间要晚于现在',
    tiers_wrong: ({ skuId }) => `规格 ${skuId} 的阶梯有误：名额应递增，价格应递增且低于场次价`,
    overlaps: ({ skuId, sessionId }) => `规格 ${skuId} 在同一时间已参加场次 ${sessionId}`,
  },
  'en-US': {
    ...pickupSentences['en-US'],
    push_service_unknown: () => 'The push service of this browser is not one that we use. You still get text messages.',
    push_unusable: () => 'This device gave no key that notices can be sealed with. Please reload and try again.',
    ...offerSentences['en-US'],
    store_busy: ({ reserved, arriving, orders }) =>
      `The store still has ${reserved} units held, ${arriving} on their way and ${orders} pickup orders; close it for now, and for good when they are done`,
    hours_unreadable: ({ fault }) => `“${fault}” cannot be read; write Mo-Su 09:00-22:00`,
    invalid_input: () => 'Something is not filled in right. Please check and try again.',
    too_large: ({ bytesMax }) => `Too long: ${Math.floor(bytesMax / 1024)} KB at most.`,
    login_required: () => 'Please sign in first.',
    phone_required: () => 'Please verify your phone number first.',
    forbidden: () => 'This account may not do that.',
    not_found: () => 'Not found: the link may be wrong, or it belongs to another account.',
    key_reused: () => 'This differs from what you submitted before. Please reload and submit again.',
    waiting: ({ position }) => `In line as number ${position}; the result is on its way.`,
    try_later: ({ retryAfterMs }) =>
      `Many people at once: trying again in about ${seconds(retryAfterMs)} s. Your cart is kept.`,
    fault: ({ id }) => `Something broke here. We have noted it (no. ${id}); please try again later.`,
    too_many_codes: ({ retryAfterMs }) => `Too many codes. Please wait ${seconds(retryAfterMs)} s.`,
    wrong_code: () => 'That code is not right. Please check it.',
    code_expired: () => 'That code has expired. Please ask for a new one.',
    account_blocked: () => 'The account of this phone is blocked. Please write to the shop; you can browse as before.',
    too_many_tries: () => 'Too many wrong codes. Please ask for a new one.',
    wrong_password: () => 'The email or the password is not right.',
    too_many_addresses: ({ max }) => `${max} addresses at most. Please remove one first.`,
    unknown_region: () => 'That region is not right. Please choose it again.',
    nothing_to_quote: ({ problems }) => firstProblem('en-US', problems) ?? 'None of these can be bought now.',
    lines_refused: ({ problems }) =>
      firstProblem('en-US', problems) ?? 'Some goods cannot be bought now; see the reason on each.',
    price_changed: () => 'The price has changed. Please confirm it and submit again.',
    tier_full: () => 'The places at that price are gone. Please confirm the price now.',
    quote_expired: () => 'The quote has expired and was made anew. Please confirm and submit again.',
    quote_invalid: () => 'The quote is not valid. Please check out again from the cart.',
    unknown_address: () => 'That address no longer exists. Please choose another.',
    too_many_unpaid: ({ max }) => `You have ${max} unpaid orders. Please pay or cancel one first.`,
    order_cannot_move: () => 'The order has moved on, so this can no longer be done. It is up to date now.',
    request_cannot_move: () => 'The request has moved on, so this can no longer be done. It is up to date now.',
    too_many_units: ({ left }) => `${left} at most can still go back.`,
    return_window_over: () => 'The seven days after receipt are over, so this can no longer be returned.',
    promotion_wrong: ({ fault }) =>
      ({
        no_steps: 'Please give one step at least, five at most.',
        steps_not_rising: 'Each step must ask for more than the one before, and bring more.',
        cut_too_big: 'What is taken off must be less than what is asked for.',
        not_a_number: 'Please enter numbers above 0.',
      })[fault] ?? 'The rule is not right.',
    promotion_times_wrong: () => 'A promotion ends after now, and after it starts.',
    unknown_scope: ({ id }) => `There is no ${id}. Please check the category or product.`,
    too_many_promotions: ({ max }) => `${max} promotions at most at a time. Please stop one first.`,
    same_person: () => 'An offer or a budget this big needs a second operator to agree.',
    promotion_over: () => 'This promotion is over.',
    not_our_page: () => 'Only pages of this shop can be shared; this address is not one',
    wechat_off: () => 'This shop is not connected to WeChat',
    wechat_login_needed: () => 'WeChat has to confirm who pays first. Please tap Pay once more.',
    wechat_silent: () => 'WeChat does not answer for now. Everything else works; please try again later.',
    too_many_links: ({ max }) => `At most ${max} share links are kept; go on with the ones you have`,
    campaign_is_fixed: () => 'How a campaign counts cannot be changed; make another one',
    unknown_campaign: () => 'There is no such sharing campaign',
    unknown_link: () => 'There is no such share link',
    expires_too_soon: () => 'That moment has passed; choose a later one',
    csv_unreadable: ({ line }) => `The quote in line ${line} never ends; mend the file and try again`,
    csv_too_long: ({ max }) => `A file may have ${max} rows; divide it`,
    too_many_tokens: ({ max }) => `At most ${max} tokens at a time; revoke one first`,
    unknown_token: () => 'There is no such token',
    domain_wrong: () => 'This is no usable domain; write the name alone, such as s.example.com',
    too_many_domains: ({ max }) => `At most ${max} share domains are kept; retire one first`,
    unknown_domain: () => 'There is no such share domain; it may have been retired',
    domain_silent: () =>
      'This domain does not lead to this shop now; look at its DNS and certificate, or switch anyway',
    domain_is_current: () => 'Links are shown with this domain; switch to another one first',
    unknown_coupon: () => 'There is no such coupon; it may have been taken down.',
    coupon_not_open: () => 'This cannot be claimed yet. Please come back when it opens.',
    coupon_over: () => 'This campaign is over.',
    coupon_gone: () => 'All of these are claimed. Please look at the other offers.',
    coupon_limit: ({ limit }) => `${limit} per person, and you have claimed yours. Go and use it.`,
    coupon_wrong: ({ fault }) =>
      ({
        cut_too_big: 'What is taken off must be less than what is asked for.',
        window_wrong: 'A coupon can be used until after its claiming ends, and after it starts.',
        claim_times_wrong: 'Claiming ends after now, and after it starts.',
        budget_too_small: 'The budget does not cover one coupon.',
        not_a_number: 'Please enter amounts and numbers above 0.',
      })[fault] ?? 'The rule is not right.',
    coupon_published: () => 'This is published and cannot be changed. You can stop it and make another.',
    too_many_coupons: ({ max }) => `${max} coupon campaigns at most at a time. Please stop one first.`,
    raise_open: () => 'The last raise is not in force yet. Please approve it or take it back first.',
    raise_in_force: () => 'This raise is in force and cannot be taken back. You can stop the campaign.',
    unknown_team_campaign: () => 'There is no such team campaign; it may have been taken down. See what else is on.',
    team_campaign_not_open: ({ opensAt }) => `This starts at ${chinaTime(opensAt)} (China time). Come back then.`,
    team_campaign_over: () => 'This team campaign is over. See what else is on.',
    team_campaign_stopped: () => 'This team campaign was stopped. See what else is on.',
    team_campaign_paused: () => 'This team campaign is being looked at. Please come back a little later.',
    coupon_paused: () => 'This coupon is being looked at. Please come back a little later.',
    not_paused: () => 'This campaign is not stopped; it may go on already.',
    team_budget_gone: () => 'All red packets of today are given out. See the other offers in the coupon centre.',
    other_live_team: () => 'A team of yours in this campaign is not full yet. Invite friends to fill it first.',
    unknown_team: () => 'There is no such team; the link may be cut off. Ask for it again, or open a team of your own.',
    packet_code: () => 'This code is of a growing packet, not of a team. Go and see that packet.',
    own_team: () => 'This is your own team. Share it with friends to open it together.',
    team_full: () => 'This team is full. Open a new one.',
    team_expired: () => 'This team did not fill in time. Open a new one.',
    joins_used_up: ({ limit, againAt }) =>
      `You joined ${limit} teams today and can join again from ${chinaTime(againAt)} (China time). You can open your own now.`,
    not_in_team: () => 'You are not in this team. Open a new one.',
    team_not_split: ({ placesLeft }) => `${placesLeft} more and the pot is shared out. Invite another friend.`,
    share_lapsed: ({ endedAt }) =>
      `This share was not opened by ${chinaTime(endedAt)} (China time) and is gone. Open a new team.`,
    team_campaign_wrong: ({ fault }) =>
      ({
        not_a_number: 'Please enter amounts, people and times within their limits.',
        shares_too_big: 'The least share times the people, and the leader’s extra, cannot be more than the pot.',
        pot_too_small: 'The pot does not give everybody one fen.',
        threshold_too_low: 'The threshold must be above the largest share.',
        consolation_too_big: 'The consolation cannot be more than the pot.',
        times_wrong: 'It ends after it starts, and after now.',
        good_for_too_short: 'Coupons must be good for longer than the last share can be opened.',
        budget_too_small: 'The budget does not cover one team.',
      })[fault] ?? 'The rules of the campaign are not right.',
    team_campaign_published: () => 'This is published and cannot be changed. You can stop it and make another.',
    unknown_packet_campaign: () => 'This red packet campaign was not found; it may be gone. Have a look at the others.',
    packet_campaign_not_open: ({ opensAt }) => `It begins on ${chinaTime(opensAt)} (China time). Come back then.`,
    packet_campaign_over: () => 'This red packet campaign has ended. Have a look at the others.',
    packet_campaign_stopped: () => 'No more packets are given out here. Those that were stay good.',
    packet_campaign_paused: () =>
      'This red packet campaign is being looked at. Please come back later; packets that were given out stay good.',
    packet_budget_gone: () => 'All packets are gone. Have a look at the coupon centre.',
    has_packet: () => 'You have a packet of this campaign. Share it with friends and watch it grow.',
    unknown_packet: () => 'This packet was not found: ask your friend for the link again, or take one of your own.',
    team_code: () => 'This code is of a team, not of a growing packet. Go and see that team.',
    own_packet: () => 'This is your own packet: your own visits do not make it grow. Share it with friends.',
    packet_ended: ({ endedAt }) => `This packet ended on ${chinaTime(endedAt)} (China time). Take one of your own.`,
    last_generation: ({ generations }) =>
      `Packets are handed on for ${generations} generations, and this one is the last. Take one of your own on the campaign’s page.`,
    visit_too_short: ({ stayMs }) => `Stay for ${seconds(stayMs)} s and touch the page: then the packet grows.`,
    already_visited: ({ state }) =>
      state === 'pending'
        ? 'You have been here. The packet grows when you verify your phone number.'
        : 'You have been here already. Take a packet of your own.',
    helped_other: () => 'You have helped another packet of this campaign, once is all. Take one of your own.',
    packet_full: () => 'This packet has grown as large as it can. Take one of your own.',
    packet_campaign_wrong: ({ fault }) =>
      ({
        not_a_number: 'Please give amounts, shares and times within their limits.',
        too_small_to_grow: 'Too small to grow: a step must be a fen at least, and the cap above the base.',
        times_wrong: 'It must end after it begins, and after now.',
        budget_too_small: 'The budget does not cover one packet at its cap.',
      })[fault] ?? 'The rules of the packet campaign are not right.',
    packet_campaign_published: () => 'It is published and cannot be changed. You can stop it and make another.',
    too_many_packet_campaigns: ({ max }) => `${max} packet campaigns at the same time at most. Please stop one first.`,
    campaign_unlawful: ({ faults }) =>
      `This cannot be published. ${faults.map(({ article, says }) => `${says.en} (${article.en})`).join(' ')}`,
    too_many_team_campaigns: ({ max }) => `${max} team campaigns at most at a time. Please stop one first.`,
    risk_work_required: ({ isSpent }) =>
      isSpent
        ? 'The check has run out. Please try once more.'
        : 'A short check comes first. Wait a moment, or reload the page if nothing happens.',
    risk_challenge: () => 'To keep it fair, please confirm it is you: we send a code to your phone.',
    risk_blocked: ({ mayAppeal }) =>
      mayAppeal
        ? 'Your account cannot take part in this campaign for now. You can appeal.'
        : 'Your account cannot take part in this campaign for now. See your appeal under “Me”.',
    risk_limit: ({ limit, againAt }) =>
      ({
        person: 'You have all the rewards that one person can have here. Those you have stay good.',
        payout: 'As many people as can share one way to pay take part already. Rewards you have stay good.',
        device: 'As many people as can share one device take part already. You can appeal.',
        pace:
          againAt === null
            ? 'That was too fast. Please try again later.'
            : `That was too fast. Please try again after ${chinaTime(againAt)} (China time).`,
        codes:
          againAt === null
            ? 'Too many codes that do not exist. Please try again later.'
            : `Too many codes that do not exist. Try again after ${chinaTime(againAt)} (China time), or ask your friend to share again.`,
      })[limit] ?? 'The rewards of this campaign are used up for you.',
    not_a_key: () => 'The key of this device is not good. Please reload the page.',
    unknown_decision: () => 'There is no such record, or it belongs to another account.',
    already_appealed: () => 'This was appealed already. Please wait for the answer.',
    order_in_review: ({ until }) =>
      until === null
        ? 'The review refused this order and its money is on its way back. It cannot be packed.'
        : `This order is being reviewed until ${chinaTime(until)} (China time) at the latest. Pack it then.`,
    review_over: ({ state }) =>
      state === 'refused'
        ? 'These orders were refused and are being refunded. That cannot be changed.'
        : 'These orders have gone on. They can no longer be refused.',
    hold_over: ({ state }) =>
      state === 'refused'
        ? 'This reward was refused already.'
        : 'This reward is free already and cannot be refused any more.',
    already_answered: () => 'Somebody has answered this appeal already; it is up to date now.',
    gate_open: () => 'Rewards are not paused.',
    lift_needs_another: () => 'Another operator must agree to open the gate.',
    controls_silent: () => 'A control does not report. The gate opens by itself when it does.',
    order_not_payable: () => 'This order cannot be paid now. Please see its state.',
    payment_window_over: () => 'The time to pay is over. The order will close and its stock goes back.',
    unknown_channel: () => 'This way to pay is not open now. Please choose another.',
    already_settled: () => 'Somebody has settled this notice already; it is up to date now.',
    channel_silent: () =>
      'The payment company does not answer. Nothing was charged; choose another way to pay or try again later.',
    trade_closed: () => 'This trade is closed. Nothing was charged.',
    below_reserved: ({ available }) => `At most ${available} can be taken; orders hold the rest.`,
    unknown_sku: () => 'There is no such SKU. Please check its code.',
    not_stopped: () => 'This SKU is not stopped; it may have been opened already.',
    unknown_location: () => 'There is no such location. Please choose again.',
    same_location: () => 'Units cannot go to where they are.',
    too_many_locations: ({ max }) => `${max} locations at most.`,
    transfer_over: ({ state }) =>
      state === 'arrived' ? 'This transfer has arrived already.' : 'This transfer is back already.',
    not_for_sale: () => 'This is not for sale now.',
    in_stock: ({ available }) => `${available} left: no need to wait, you can buy now.`,
    limit_reached: ({ limit, owned }) =>
      owned > 0 ? `Limit ${limit} per person; you have ${owned}.` : `Limit ${limit} per person.`,
    too_many_waits: ({ max }) => `You can wait for ${max} items at a time. Please leave one list first.`,
    session_started: () => 'The session has started and can no longer be changed.',
    session_times_wrong: () => 'A session ends after it starts, and starts after now.',
    tiers_wrong: ({ skuId }) => `Tiers of ${skuId}: places and prices must rise, below the session's price.`,
    overlaps: ({ skuId, sessionId }) => `${skuId} is in session ${sessionId} at the same time.`,
  },
};

function firstProblem(
  locale: Locale,
  problems: Extract<AnyRefusal, { code: 'lines_refused' }>['problems'],
): string | null {
  const [only, ...others] = problems;
  return only !== undefined && others.length === 0 ? lineProblemSentence(locale, only) : null;
}

/** The sentence of a refusal; the door calls it with whatever its handlers refuse. */
export function refusalSentence(locale: Locale, refusal: AnyRefusal): string {
  const sentence = sentences[locale][refusal.code] as (facts: AnyRefusal) => string;
  return sentence(refusal);
}
