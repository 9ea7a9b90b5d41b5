import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { kolingOf } from '../../lib/domain/sharing/koling.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { kolingMessages } from '../../lib/messages/koling.ts';
import { posterMessages } from '../../lib/messages/poster.ts';
import { searchMessages } from '../../lib/messages/search.ts';
import { shareButtonMessages } from '../../lib/messages/share-button.ts';
import { command } from './phone.ts';
import type { Scene } from './screen-scenes.ts';

const PATIENCE_MS = 60_000;
const GOODS = '/p/chaoyang-hairy-crab';

async function openSheet(page: Page, locale: Locale, button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).last().click({ timeout: PATIENCE_MS });
  await expect(page.getByTestId('share-link')).toBeVisible({ timeout: PATIENCE_MS });
  await expect(page.getByRole('button', { name: shareButtonMessages[locale].poster })).toBeEnabled();
}

async function openPoster(page: Page, locale: Locale, button: string): Promise<void> {
  await openSheet(page, locale, button);
  await page.getByRole('button', { name: shareButtonMessages[locale].poster }).click();
  await expect(page.getByRole('link', { name: posterMessages[locale].save })).toBeVisible({ timeout: PATIENCE_MS });
}

/** What an app that was sent a link shows of it, drawn from what the link's own document says to those who read it. */
async function showCard(page: Page, locale: Locale, landing: string): Promise<void> {
  const language = locale === 'zh-CN' ? 'zh-CN' : 'en';
  const { path } = await command<{ path: string }>(page.request, 'share.link', { key: randomUUID(), path: landing });
  const html = await (await page.request.get(path, { headers: { 'accept-language': language } })).text();
  const said = (name: string) => html.match(new RegExp(`property="og:${name}" content="(.*?)"`))?.[1] ?? '';
  const picture = await (await page.request.get(new URL(said('image')).pathname)).body();
  const type = said('image').endsWith('.jpg') ? 'jpeg' : 'webp';
  const source = `data:image/${type};base64,${picture.toString('base64')}`;
  const isWide = Number(said('image:width')) > Number(said('image:height'));
  await page.goto('about:blank');
  await page.setContent(`<!doctype html><meta name="viewport" content="width=device-width"><style>
    body{margin:0;min-height:100vh;background:#ededed;font:16px/1.4 system-ui,sans-serif;color:#191919}
    @media(prefers-color-scheme:dark){body{background:#111}}
    p{margin:0}.chat{display:flex;gap:10px;padding:28px 14px;justify-content:flex-end}
    .card{width:min(290px,78vw);background:#fff;border-radius:8px;overflow:hidden;color:#191919}
    .wide img{width:100%;display:block;aspect-ratio:1200/630;object-fit:cover}.words{padding:10px 12px}
    .side .words{display:grid;grid-template-columns:1fr 56px;gap:4px 10px}.side .title{grid-column:1/3}
    .side img{width:56px;height:56px;object-fit:cover;grid-row:2;grid-column:2}
    .text{color:#8a8a8a;font-size:13px;display:-webkit-box;-webkit-line-clamp:3;-webkit-box-orient:vertical;overflow:hidden}
    .site{border-top:1px solid #eee;padding:6px 12px;color:#8a8a8a;font-size:12px}
    .me{width:40px;height:40px;border-radius:6px;background:#d70022}</style>
    <div class="chat"><div class="card ${isWide ? 'wide' : 'side'}">${isWide ? `<img src="${source}">` : ''}
    <div class="words"><p class="title">${said('title')}</p><p class="text">${said('description')}</p>${isWide ? '' : `<img src="${source}">`}</div>
    <p class="site">${said('site_name')}</p></div><span class="me"></span></div>`);
  await page.waitForFunction(() => document.images[0]?.complete);
}

/** Handing things on: the sheet, posters, 口令, and what a chat shows. */
export const shareScenes: Scene[] = [
  {
    name: 'share-sheet',
    who: 'shopper',
    arrange: () => GOODS,
    act: (page, locale) => openSheet(page, locale, shareButtonMessages[locale].share),
  },
  {
    name: 'poster-goods',
    who: 'shopper',
    arrange: () => GOODS,
    act: (page, locale) => openPoster(page, locale, shareButtonMessages[locale].share),
  },
  {
    name: 'poster-session',
    who: 'shopper',
    arrange: () => '/?session=demo-peak',
    act: (page, locale) => openPoster(page, locale, shareButtonMessages[locale].shareShop),
  },
  {
    name: 'poster-no-network',
    who: 'shopper',
    arrange: () => '/coupons',
    async act(page, locale) {
      const button = page.getByRole('button', { name: shareButtonMessages[locale].share, exact: true });
      await expect(button).toBeVisible({ timeout: PATIENCE_MS });
      await page.route('**/api/share.link', (route) => route.abort());
      await button.click();
      await expect(page.getByRole('alert')).toBeVisible({ timeout: PATIENCE_MS });
    },
  },
  {
    name: 'koling-found',
    who: 'stranger',
    arrange: () => '/search',
    async act(page, locale) {
      await expect(page.getByText(kolingMessages[locale].pasteHow)).toBeVisible({ timeout: PATIENCE_MS });
      const text = kolingMessages[locale].text('Festa', '', kolingOf('Ab12Cd34Ef56Gh78I'), 'festa.example');
      await page.getByRole('searchbox', { name: searchMessages[locale].searchLabel }).fill(text);
      await expect(page.getByText(kolingMessages[locale].found)).toBeVisible({ timeout: PATIENCE_MS });
    },
  },
  {
    name: 'link-card-session',
    who: 'shopper',
    arrange: () => '/offline',
    act: (page, locale) => showCard(page, locale, '/?session=demo-peak'),
  },
  {
    name: 'link-card-goods',
    who: 'shopper',
    arrange: () => '/offline',
    act: (page, locale) => showCard(page, locale, GOODS),
  },
  {
    name: 'link-unknown',
    who: 'stranger',
    arrange: () => '/offline',
    act: async (page, locale) => {
      await page.setExtraHTTPHeaders({ 'accept-language': locale === 'zh-CN' ? 'zh-CN' : 'en' });
      await page.goto(`/s/${'a'.repeat(17)}`);
    },
  },
];
