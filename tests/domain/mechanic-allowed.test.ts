import { describe, expect, test } from 'vitest';
import {
  type Channel,
  channelOf,
  MECHANIC_TABLE,
  type Mechanic,
  mechanicAllowed,
} from '../../lib/domain/sharing/mechanic-allowed.ts';

/** User agents as phones and desktops have sent them. */
const SEEN: readonly (readonly [Channel, what: string, userAgent: string])[] = [
  [
    'wechat',
    'Android 13',
    'Mozilla/5.0 (Linux; Android 13; 23054RA19C Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/122.0.6261.120 Mobile Safari/537.36 XWEB/1220053 MMWEBSDK/20240404 MMWEBID/98 MicroMessenger/8.0.49.2600(0x28003133) WeChat/arm64 Weixin NetType/5G Language/zh_CN ABI/arm64',
  ],
  [
    'wechat',
    'a mini programme',
    'Mozilla/5.0 (Linux; Android 12; RMX3562 Build/SP1A.210812.016; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.122 Mobile Safari/537.36 XWEB/1260053 MMWEBSDK/20240501 MMWEBID/2307 MicroMessenger/8.0.50.2701 (0x2800323C) WeChat/arm64 Weixin NetType/4G Language/zh_CN ABI/arm64 miniProgram/wx476ba9475c801433',
  ],
  [
    'wechat',
    'iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.16(0x18001028) NetType/WIFI Language/zh_CN',
  ],
  [
    'wechat',
    'an old iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 8_3 like Mac OS X) AppleWebKit/600.1.4 (KHTML, like Gecko) Mobile/12F70 MicroMessenger/6.1.5 NetType/WIFI',
  ],
  [
    'wechat',
    'Windows',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 MicroMessenger/7.0.20.1781(0x6700143B) NetType/WIFI MiniProgramEnv/Windows WindowsWechat/WMPF WindowsWechat(0x63090923)XWEB/12345',
  ],
  [
    'wechat',
    'macOS',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0.0.0 Safari/537.36 NetType/WIFI MicroMessenger/6.8.0(0x16080000) MacWechat/3.8.10(0x13080a10) XWEB/1227 Flue',
  ],
  [
    'wechat',
    'HarmonyOS',
    'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile  MicroMessenger/8.0.10.36(0xf3100a24) Weixin NetType/4G Language/zh_CN MMWEBID/6994 MMWEBSDK/202508070004 XWEB/1140319',
  ],
  [
    'wecom',
    'Android',
    'Mozilla/5.0 (Linux; Android 9.0; BKL-AL20 Build/HUAWEIBKL-AL20; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/57.0.2987.132 MQQBrowser/6.2 TBS/044409 Mobile Safari/537.36 wxwork/2.7.2 MicroMessenger/6.3.22 NetType/WIFI Language/zh',
  ],
  [
    'wecom',
    'iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)  Mobile/15E148 wxwork/3.1.16 MicroMessenger/7.0.1 Language/zh ColorScheme/Dark',
  ],
  [
    'qq',
    'Android',
    'Mozilla/5.0 (Linux; Android 10; MI 8 Build/QKQ1.190910.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/109.0.5414.86 MQQBrowser/6.2 TBS/046715 Mobile Safari/537.36 V1_AND_SQ_8.9.78_4548_YYB_D QQ/8.9.78.12275 NetType/WIFI WebP/0.3.0 AppId/537175315 Pixel/1080',
  ],
  [
    'qq',
    'an old Android',
    'Mozilla/5.0 (Linux; Android 7.1.2; vivo X9 Build/N2G47H; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/57.0.2987.132 MQQBrowser/6.2 TBS/044303 Mobile Safari/537.36 V1_AND_SQ_7.8.0_922_YYB_D QQ/7.8.0.3740 NetType/WIFI WebP/0.3.0 Pixel/1080 StatusBarHeight/72',
  ],
  [
    'qq',
    'iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 QQ/8.9.75.613 V1_IPH_SQ_8.9.75_1_APP_A Pixel/1125 MiniAppEnable SimpleUISwitch/0 StudyMode/0 CurrentMode/0 QQTheme/1000 Core/WKWebView Device/Apple(iPhone XS) NetType/WIFI QBWebViewType/1 WKType/1',
  ],
  [
    'weibo',
    'Android',
    'Mozilla/5.0 (Linux; Android 10; YAL-AL00 Build/HUAWEIYAL-AL00; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/83.0.4103.106 Mobile Safari/537.36 Weibo (HUAWEI-YAL-AL00__weibo__11.3.4__android__android10)',
  ],
  [
    'weibo',
    'iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 15_0_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Weibo (iPhone12,1__weibo__11.10.0__iphone__os15.0.2)',
  ],
  [
    'weibo',
    'the light app',
    'Mozilla/5.0 (Linux; Android 4.4.2; Che2-TL00 Build/HonorChe2-TL00) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/30.0.0.0 Mobile Safari/537.36 Weibo (HUAWEI-Che2-TL00__weibo_lightning__1.3.8__android__android4.4.2)',
  ],
  [
    'alipay',
    'Android',
    'Mozilla/5.0 (Linux; U; Android 11; zh-CN; M2012K11AC Build/RP1A.200720.011) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/69.0.3497.100 UWS/3.22.2.59 Mobile Safari/537.36 UCBS/3.22.2.59_230213152242 NebulaSDK/1.8.100112 Nebula AlipayDefined(nt:3G,ws:393|0|2.75) AliApp(AP/10.3.86.8000) AlipayClient/10.3.86.8000 Language/zh-Hans useStatusBar/true isConcaveScreen/true Region/CN',
  ],
  [
    'alipay',
    'on the engine of UC',
    'Mozilla/5.0 (Linux; U; Android 7.1.1; zh-CN; OD103 Build/NMF26F) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/40.0.2214.89 UCBrowser/11.3.8.909 UWS/2.10.2.5 Mobile Safari/537.36 UCBS/2.10.2.5 Nebula AlipayDefined(nt:WIFI,ws:360|0|3.0) AliApp(AP/10.0.18.062203) AlipayClient/10.0.18.062203 Language/zh-Hans useStatusBar/true',
  ],
  [
    'alipay',
    'iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22G100 ChannelId(8) Ariver/1.1.0 AliApp(AP/10.8.30.6000) Nebula WK RVKType(0) AlipayDefined(nt:WIFI,ws:390|844|3.0,ac:ss) AlipayClient/10.8.30.6000 Language/zh-Hans Region/CN NebulaX/1.0.0 XRiver/10.2.58.1',
  ],
  [
    'douyin',
    'Android',
    'Mozilla/5.0 (Linux; Android 10; HD1900 Build/QKQ1.190716.003; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/75.0.3770.156 Mobile Safari/537.36 aweme_230400 JsSdk/1.0 NetType/WIFI AppName/aweme app_version/23.4.0 ByteLocale/zh-CN Region/CN AppSkin/white AppTheme/light BytedanceWebview/d8a21c6 WebView/075113004008',
  ],
  [
    'douyin',
    'a mini programme',
    'Mozilla/5.0 (Linux; Android 8.1.0; PAR-AL00 Build/HUAWEIPAR-AL00; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/109.0.5414.117 Mobile Safari/537.36 aweme/28.4.0 ToutiaoMicroApp/3.11.0 PluginVersion/28409038',
  ],
  [
    'douyin',
    'iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 aweme_37.5.0 Region/CN AppTheme/light NetType/2G JsSdk/2.0 Channel/App ByteLocale/zh  ByteFullLocale/zh-Hans-CN WKWebView/1 Bullet/1 aweme/37.5.0 BulletTag/8929F1C6-C0AF-4C1D-846D-92CD43891AC6 BytedanceWebview/d8a21c6',
  ],
  [
    'browser',
    'Safari on an iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  ],
  [
    'browser',
    'Chrome on Android',
    'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36',
  ],
  [
    'browser',
    'the QQ browser, which is not QQ',
    'Mozilla/5.0 (Linux; U; Android 10; zh-cn; HD1900 Build/QKQ1.190716.003) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/66.0.3359.126 MQQBrowser/10.1 Mobile Safari/537.36',
  ],
  [
    'browser',
    'Huawei',
    'Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AL10; HMSCore 6.8.0.332) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0.4844.88 HuaweiBrowser/13.0.0.310 Mobile Safari/537.36',
  ],
  [
    'browser',
    'HarmonyOS',
    'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile HuaweiBrowser/5.1.9.301',
  ],
  [
    'browser',
    'Xiaomi',
    'Mozilla/5.0 (Linux; U; Android 14; zh-cn; 23013RK75C Build/UKQ1.230804.001) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/119.0.6045.193 Mobile Safari/537.36 XiaoMi/MiuiBrowser/18.6.70920',
  ],
  [
    'browser',
    'TikTok, which is not Douyin',
    'Mozilla/5.0 (Linux; Android 13; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0 Mobile Safari/537.36 trill_310503 BytedanceWebview/d8a21c6',
  ],
  [
    'browser',
    'Edge on Windows',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0',
  ],
];

describe('channelOf', () => {
  for (const [channel, what, userAgent] of SEEN) {
    test(`A page in ${what} is in ${channel}`, () => expect(channelOf(userAgent)).toBe(channel));
  }

  test('Nothing is a browser, too', () => expect(channelOf('')).toBe('browser'));
});

describe('mechanicAllowed', () => {
  for (const [mechanic, what] of [
    ['team_invite', 'Inviting to a team'],
    ['packet_share', 'Helping a packet grow'],
  ] as const) {
    test(`${what} is shown in browsers, Weibo and Alipay, and in none of the apps that forbid it`, () => {
      const shown = (Object.keys(MECHANIC_TABLE[mechanic]) as Channel[]).filter((c) => mechanicAllowed(mechanic, c));
      expect(shown.sort()).toEqual(['alipay', 'browser', 'weibo']);
      for (const [channel, , userAgent] of SEEN) {
        expect(mechanicAllowed(mechanic, channelOf(userAgent)), userAgent).toBe(shown.includes(channel));
      }
    });
  }

  test('What was won can be opened and used everywhere', () => {
    for (const channel of Object.keys(MECHANIC_TABLE.own_reward) as Channel[]) {
      expect(mechanicAllowed('own_reward', channel)).toBe(true);
    }
  });

  test('The shop’s own table decides where there is one', () => {
    const { team_invite } = MECHANIC_TABLE;
    const table = { ...MECHANIC_TABLE, team_invite: { ...team_invite, weibo: false } };
    const asked: Mechanic = 'team_invite';
    expect(mechanicAllowed(asked, 'weibo', table)).toBe(false);
    expect(mechanicAllowed(asked, 'alipay', table)).toBe(true);
  });
});
