import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type APIRequestContext, type Browser, expect, type Page } from '@playwright/test';
import { command } from './phone.ts';

type Login = { readonly role: string; readonly email: string; readonly password: string };

/** One of the staff of the demo festival that this test run has started. */
export function staffLogin(role: string): Login {
  const file = join(process.env.FESTA_TEST_HOME ?? '', 'demo-logins.json');
  const found = (JSON.parse(readFileSync(file, 'utf8')) as Login[]).find((login) => login.role === role);
  if (!found) throw new Error(`The first start left no login of a ${role}`);
  return found;
}

/** Signs in with both factors, without a page. */
export async function signInStaff(wire: APIRequestContext, role: string): Promise<void> {
  const { email, password } = staffLogin(role);
  const { sandboxCode } = await command<{ sandboxCode: string }>(wire, 'identity.staffSignIn', { email, password });
  await command(wire, 'identity.staffVerify', { code: sandboxCode });
}

/** Signs in on /ops with both factors; the code of a shop without a message provider is on the page. */
export async function signIn(page: Page): Promise<void> {
  const { email, password } = staffLogin('operator');
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
  await signInStaff(context.request, 'operator');
  await command(context.request, 'ops.adjustStock', { key: randomUUID(), skuId, delta, reason: '盘点' });
  await context.close();
}
