import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import sharp from 'sharp';
import { findChromium } from '../../bin/chromium.mjs';

/*
 * npm run screens -- ORIGIN [HOME]: pictures of every page of a running demo shop, for people to look at: two sizes,
 * both languages, light and dark, as small WebP in docs/screens/. It signs in, buys and looks, as a shopper does.
 */

const OUT = join(import.meta.dirname, '../../docs/screens');
const SIZES = { phone: [390, 844], desktop: [1280, 800] } as const;
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PRODUCT = 'chaoyang-hairy-crab';

type Sku = { id: string };

function call<T>(page: Page, name: string, body: object): Promise<T> {
  return page.evaluate(
    async ([path, json]) => {
      const answer = await fetch(`/api/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: json,
      });
      const said = await answer.json();
      if (!said.ok) throw new Error(JSON.stringify(said.refusal));
      return said.value;
    },
    [name, JSON.stringify(body)] as const,
  );
}

/** A shopper with an address, an unpaid order and a paid one; the cookies stay in the context. */
async function shopper(context: BrowserContext, origin: string) {
  const page = await context.newPage();
  await page.goto(`${origin}/offline`);
  const phone = `139${String(Date.now()).slice(-8)}`;
  const { sandboxCode } = await call<{ sandboxCode: string }>(page, 'identity.sendCode', { phone });
  await call(page, 'identity.verifyCode', { phone, code: sandboxCode });
  const addressId = randomUUID();
  await call(page, 'address.save', {
    id: addressId,
    name: '王小明',
    phone,
    provinceCode: '31',
    cityCode: '3101',
    areaCode: '310101',
    region: '上海市 黄浦区',
    street: '南京东路 1 号 801',
    isDefault: true,
  });
  const product = await page.evaluate(async (handle) => {
    const answer = await fetch(`/api/public/product?handle=${handle}`);
    return (await answer.json()).value.product as { skus: Sku[] };
  }, PRODUCT);
  const skuIds = product.skus.map((sku) => sku.id);
  async function order(skuId: string) {
    const lines = [{ skuId, quantity: 1 }];
    const { quote } = await call<{ quote: { version: string } }>(page, 'order.quote', { lines });
    const placed = await call<{ orderId: string }>(page, 'order.submit', {
      key: randomUUID(),
      lines,
      quoteVersion: quote.version,
      addressId,
    });
    const paying = await call<{ payUrl: string }>(page, 'payment.start', {
      key: randomUUID(),
      orderId: placed.orderId,
      channel: 'sandbox',
    });
    return { ...placed, tradeId: paying.payUrl.split('=')[1] as string };
  }
  const paid = await order(skuIds[0] as string);
  await call(page, 'sandbox.pay', { id: paid.tradeId });
  const open = await order(skuIds[1] as string);
  const changedAt = Date.now();
  await call(page, 'cart.merge', { lines: skuIds.slice(0, 2).map((skuId) => ({ skuId, quantity: 1, changedAt })) });
  await page.close();
  return { paid, open, skuId: skuIds[1] as string };
}

async function operator(context: BrowserContext, origin: string, home: string): Promise<boolean> {
  const logins = JSON.parse(await readFile(join(home, 'demo-logins.json'), 'utf8').catch(() => '[]')) as {
    role: string;
    email: string;
    password: string;
  }[];
  const login = logins.find((one) => one.role === 'operator');
  if (!login) return false;
  const page = await context.newPage();
  await page.goto(`${origin}/offline`);
  const { email, password } = login;
  const { sandboxCode } = await call<{ sandboxCode: string }>(page, 'identity.staffSignIn', { email, password });
  await call(page, 'identity.staffVerify', { code: sandboxCode });
  await page.close();
  return true;
}

async function shoot(context: BrowserContext, origin: string, path: string, file: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${origin}${path}`, { waitUntil: 'load' });
  await page.waitForLoadState('networkidle', { timeout: 1_200 }).catch(() => {});
  const picture = await page.screenshot();
  const { width = 0 } = await sharp(picture).metadata();
  await sharp(picture)
    .resize(Math.min(width, 640))
    .webp({ quality: 60 })
    .toFile(join(OUT, `${file}.webp`));
  await page.close();
}

async function shootAll(browser: Browser, origin: string, home: string): Promise<number> {
  let count = 0;
  for (const [size, [width, height]] of Object.entries(SIZES)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const isPhone = size === 'phone';
      const looks = {
        viewport: { width, height },
        colorScheme,
        isMobile: isPhone,
        hasTouch: isPhone,
        timezoneId: 'Asia/Shanghai',
      };
      const context = await browser.newContext(looks);
      const { paid, open, skuId } = await shopper(context, origin);
      const staff = await browser.newContext(looks);
      const hasStaff = await operator(staff, origin, home);
      const shopPages: Record<string, string> = {
        home: '/',
        categories: '/c',
        category: '/c/fashion',
        search: '/search?q=erji',
        product: `/p/${PRODUCT}`,
        cart: '/cart',
        checkout: `/checkout?buy=${skuId}:1`,
        cashier: `/cashier?trade=${open.tradeId}`,
        paid: `/paid?order=${paid.orderId}`,
        orders: '/orders',
        order: `/order?id=${open.orderId}`,
        me: '/me',
        addresses: '/addresses',
        offline: '/offline',
        missing: '/p/nothing-here',
      };
      for (const locale of ['zh', 'en'] as const) {
        const tree = locale === 'zh' ? '' : '/en';
        for (const [name, path] of Object.entries(shopPages)) {
          const localized = path === '/' ? tree || '/' : `${tree}${path}`;
          await shoot(context, origin, localized, `${name}-${size}-${locale}-${colorScheme}`);
          count += 1;
        }
        const stranger = await browser.newContext(looks);
        await shoot(stranger, origin, `${tree}/login`, `login-${size}-${locale}-${colorScheme}`);
        await stranger.close();
        count += 1;
        if (!hasStaff) continue;
        await staff.addInitScript(
          (language) => localStorage.setItem('festa-locale', language),
          locale === 'zh' ? 'zh-CN' : 'en-US',
        );
        for (const name of ['orders', 'stock', 'sessions', 'messages']) {
          const path = name === 'orders' ? '/ops' : `/ops/${name}`;
          await shoot(staff, origin, path, `ops-${name}-${size}-${locale}-${colorScheme}`);
          count += 1;
        }
      }
      await context.close();
      await staff.close();
    }
  }
  return count;
}

const [origin = 'http://127.0.0.1:3000', home = '.festa'] = process.argv.slice(2);
await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: FLAGS });
try {
  process.stdout.write(`${await shootAll(browser, origin, home)} pictures in docs/screens\n`);
} finally {
  await browser.close();
}
