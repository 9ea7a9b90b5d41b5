import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Catalogue } from '../../lib/contracts/catalog.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { findRunningPostgres } from '../../server/platform/embedded-postgres.ts';
import { signIn } from '../support/operator.ts';

const HOME = process.env.FESTA_TEST_HOME ?? '';

test('A book that does not balance stops its SKU; the operator sees why and lets it be sold again with a reason', async ({
  page,
  playwright,
  baseURL,
}) => {
  // The worker checks once a minute.
  test.setTimeout(240_000);
  const { products } = JSON.parse(readFileSync(join(HOME, 'catalogue.json'), 'utf8')) as Catalogue;
  const ordinary = products.flatMap((product) =>
    product.skus.filter(({ offers }) => offers.length === 0).map((sku) => ({ ...sku, title: product.title.zh })),
  );
  const sku = ordinary.at(-1);
  const url = await findRunningPostgres(join(HOME, 'data'));
  if (!sku || !url) throw new Error('No ordinary SKU, or no database of this festival');
  const db = openDatabase(url, { max: 1 });
  const phone = await playwright.request.newContext({ baseURL: baseURL ?? '' });
  const quote = async () => {
    const response = await phone.post('/api/order.quote', { data: { lines: [{ skuId: sku.id, quantity: 1 }] } });
    return response.json();
  };
  const miscount = (units: number) =>
    db.query(`update stock_level set on_hand = on_hand + $2 where sku_id = $1 and location_id = 'central'`, [
      sku.id,
      units,
    ]);
  const [code] = await db.query<{ code: string }>('select code from sku where id = $1', [sku.id]);
  const words = code?.code ?? '';
  try {
    await expect.poll(quote).toMatchObject({ ok: true });
    // A unit that no move accounts for.
    await miscount(1);
    await expect
      .poll(quote, { timeout: 180_000, intervals: [1_000] })
      .toMatchObject({ ok: false, refusal: { problems: [{ skuId: sku.id, code: 'sale_stopped' }] } });

    await signIn(page);
    await page.getByRole('link', { name: '对账' }).click();
    const stop = page.getByRole('listitem').filter({ hasText: words });
    await expect(stop).toContainText('停售');
    await expect(stop).toContainText(sku.title);
    await expect(stop.locator('p[lang="en"]').first()).toContainText(/\d/);
    await stop.getByRole('button', { name: '重新开售' }).click();
    const panel = page.getByRole('dialog');
    await panel.getByRole('button', { name: '重新开售' }).click();
    await expect(panel.getByText('请写明原因')).toBeVisible();
    await panel.getByLabel('开售原因').fill('已盘点，数量无误');
    await panel.getByRole('button', { name: '重新开售' }).click();
    await expect(page.getByText(`${sku.title} 已重新开售`)).toBeVisible();
    await expect(stop).toHaveCount(0);
    await expect.poll(quote).toMatchObject({ ok: true });
    const [audited] = await db.query<{ detail: { reason: string } }>(
      `select detail from audit where action = 'ops.openSale' and target = $1 order by id desc limit 1`,
      [sku.id],
    );
    expect(audited?.detail.reason).toBe('已盘点，数量无误');
  } finally {
    await miscount(-1);
    await db.close();
    await phone.dispose();
  }
});
