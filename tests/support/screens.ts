import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type APIRequestContext, type Browser, type BrowserContextOptions, chromium, request } from '@playwright/test';
import sharp from 'sharp';
import { findChromium, LEAN } from '../../bin/chromium.mjs';
import { signInStaff } from './operator.ts';
import { type OperatorDoor, openOperatorDoor } from './operator-door.ts';
import { type Room, SCENES, type Scene, signUp } from './screen-scenes.ts';

/*
 * npm run screens -- ORIGIN HOME: pictures of every page of a running demo shop, for people to look at: two sizes, both
 * languages, light and dark, as small WebP in docs/screens/. It signs in, buys and looks, as a shopper does. The shop
 * is one of FESTA_TEST=1 and --fresh, because some scenes need a payment company that misbehaves.
 *
 * --only NAME,NAME… takes these alone; --size phone, desktop or 360x640 one size; --scheme light or dark one of them;
 * --out DIR puts them elsewhere.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, size: { type: 'string' }, scheme: { type: 'string' }, out: { type: 'string' } },
});
const [origin = 'http://127.0.0.1:3000', home = '.festa'] = positionals;
const out = resolve(values.out ?? join(import.meta.dirname, '../../docs/screens'));
const only = values.only?.split(',') ?? null;
const KEPT = { phone: [390, 844], desktop: [1280, 800] } as const;
const asked = values.size;
const SIZES: Readonly<Record<string, readonly [number, number]>> =
  asked === undefined
    ? KEPT
    : { [asked]: KEPT[asked as keyof typeof KEPT] ?? (asked.split('x').map(Number) as [number, number]) };
const SCHEMES = (['light', 'dark'] as const).filter(
  (scheme) => values.scheme === undefined || values.scheme === scheme,
);
const LOCALES = { zh: 'zh-CN', en: 'en-US' } as const;
const WIDTH_MAX = 640;
const QUALITY = 60;
/** Live numbers and the clock keep the network busy; what is not there by then comes later. */
const REST_MS = 1_500;
const FLAGS = [
  '--no-sandbox',
  LEAN,
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
process.env.FESTA_TEST_HOME = home;

let addressCount = 0;

/** Each phone has an address of its own, behind the proxy that this machine is to the shop: limits of strangers are by address. */
function fromElsewhere() {
  addressCount += 1;
  const address = `10.${process.pid % 250}.${addressCount >> 8}.${addressCount & 255}`;
  return { extraHTTPHeaders: { 'x-forwarded-for': address } };
}

/** Takes one size and one colour scheme. Answers how many pictures were taken. */
async function shootRoom(browser: Browser, door: OperatorDoor, looks: BrowserContextOptions, mark: string) {
  const shopper = await browser.newContext({ ...looks, ...fromElsewhere() });
  await signUp(shopper.request);
  const operator = await browser.newContext({ ...looks, ...fromElsewhere() });
  await signInStaff(operator.request, 'operator');
  const marketer = await browser.newContext({ ...looks, ...fromElsewhere() });
  await signInStaff(marketer.request, 'marketer');
  const clerk = await browser.newContext({ ...looks, ...fromElsewhere() });
  await signInStaff(clerk.request, 'clerk');
  const stranger = await browser.newContext({ ...looks, ...fromElsewhere() });
  const others: APIRequestContext[] = [];
  const other = async () => {
    const phone = await request.newContext({ baseURL: origin, ...fromElsewhere() });
    others.push(phone);
    await signUp(phone);
    return phone;
  };
  const passer = async () => {
    const phone = await request.newContext({ baseURL: origin, ...fromElsewhere() });
    others.push(phone);
    return phone;
  };
  const room: Room = { home, shopper, operator: door, other, passer };
  const contexts = { shopper, operator, marketer, clerk, stranger };

  async function shoot(scene: Scene, path: string, language: keyof typeof LOCALES): Promise<void> {
    const { who, name, act } = scene;
    const isNew = who === 'newcomer' || who === 'passer';
    const context = isNew ? await browser.newContext({ ...looks, ...fromElsewhere() }) : contexts[who];
    if (who === 'newcomer') await signUp(context.request);
    const page = await context.newPage();
    // The counter and the studio are one tree each; the shop has one for each language.
    const isStaff = who === 'operator' || who === 'marketer' || who === 'clerk';
    if (isStaff) {
      await page.addInitScript((locale) => localStorage.setItem('festa-locale', locale), LOCALES[language]);
    }
    const tree = isStaff || language === 'zh' ? '' : '/en';
    await page.goto(path === '/' ? tree || '/' : `${tree}${path}`, { waitUntil: 'load' });
    await act?.(page, LOCALES[language]);
    await page.waitForLoadState('networkidle', { timeout: REST_MS }).catch(() => {});
    const picture = await page.screenshot({ animations: 'disabled' });
    const { width = 0 } = await sharp(picture).metadata();
    await sharp(picture)
      .resize(Math.min(width, WIDTH_MAX))
      .webp({ quality: QUALITY })
      .toFile(join(out, `${name}-${mark.replace('*', language)}.webp`));
    await page.close();
    if (isNew) await context.close();
  }

  const scenes = SCENES.filter(({ name }) => only === null || only.includes(name));
  let count = 0;
  for (const scene of scenes) {
    const path = await scene.arrange(room);
    for (const language of ['zh', 'en'] as const) {
      await shoot(scene, path, language);
      count += 1;
    }
  }
  for (const context of [shopper, operator, marketer, clerk, stranger]) await context.close();
  for (const phone of others) await phone.dispose();
  return count;
}

async function shootAll(browser: Browser): Promise<number> {
  const wire = await request.newContext({ baseURL: origin, ...fromElsewhere() });
  const door = await openOperatorDoor(wire, home, origin);
  let count = 0;
  for (const [size, [width, height]] of Object.entries(SIZES)) {
    for (const colorScheme of SCHEMES) {
      const isPhone = size !== 'desktop';
      const looks = {
        baseURL: origin,
        viewport: { width, height },
        colorScheme,
        isMobile: isPhone,
        hasTouch: isPhone,
        timezoneId: 'Asia/Shanghai',
      };
      count += await shootRoom(browser, door, looks, `${size}-*-${colorScheme}`);
    }
  }
  await wire.dispose();
  return count;
}

if (only === null) await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: FLAGS });
try {
  process.stdout.write(`${await shootAll(browser)} pictures in ${out}\n`);
} finally {
  await browser.close();
}
