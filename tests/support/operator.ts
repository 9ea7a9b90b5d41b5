import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, expect, type Page } from '@playwright/test';
import { command } from './phone.ts';

type Login = { readonly role: string; readonly email: string; readonly password: string };

/** The operator of the demo festival that this test run has started. */
export function operatorLogin(): Login {
  const file = join(process.env.FESTA_TEST_HOME ?? '', 'demo-logins.json');
  const operator = (JSON.parse(readFileSync(file, 'utf8')) as Login[]).find(({ role }) => role === 'operator');
  if (!operator) throw new Error('The first start left no login of an operator');
  return operator;
}

/** Signs in on /ops with both factors; the code of a shop without a message provider is on the page. */
export async function signIn(page: Page): Promise<void> {
  const { email, password } = operatorLogin();
  await page.goto('/ops');
  await page.getByLabel('邮箱').fill(email);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('button', { name: '填入' }).click();
  await page.getByRole('button', { name: '进入运营台' }).click();
  await expect(page.getByRole('heading', { name: '订单', level: 1 })).toBeVisible();
}

/** An operator without a screen adds or takes units of a SKU. */
export async function adjustStock(browser: Browser, baseURL: string, skuId: string, delta: number): Promise<void> {
  const context = await browser.newContext({ baseURL });
  const { email, password } = operatorLogin();
  const { sandboxCode } = await command<{ sandboxCode: string }>(context.request, 'identity.staffSignIn', {
    email,
    password,
  });
  await command(context.request, 'identity.staffVerify', { code: sandboxCode });
  await command(context.request, 'ops.adjustStock', { key: randomUUID(), skuId, delta, reason: '盘点' });
  await context.close();
}
