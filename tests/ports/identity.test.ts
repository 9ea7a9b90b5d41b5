import { getMigrations } from 'better-auth/db/migration';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addressList,
  addressRemove,
  addressSave,
  meRead,
  saveProfile,
  sendCode,
  signOut,
  staffSignIn,
  staffVerify,
  verifyCode,
} from '../../lib/contracts/identity.ts';
import { issueLoadIdentity, LOAD_HEADER } from '../../server/identity/load-identity.ts';
import { signInPhone } from '../../server/identity/sign-in.ts';
import { createDemoStaff, createStaff } from '../../server/identity/staff.ts';
import type { Browser } from '../support/browser.ts';
import { accepted, outcomeOf } from '../support/browser.ts';
import { identityEdge, SECRET } from '../support/identity-edge.ts';
import { testDatabase } from '../support/postgres.ts';

let edge: Awaited<ReturnType<typeof identityEdge>>;
let database: Awaited<ReturnType<typeof testDatabase>>;
let phones = 0;

beforeAll(async () => {
  database = await testDatabase();
  edge = await identityEdge(database.db);
});
afterAll(async () => {
  await edge.app.close();
  await database.drop();
});

function newPhone(): string {
  phones += 1;
  return `139${String(phones).padStart(8, '0')}`;
}

async function codeFor(browser: Browser, phone: string): Promise<string> {
  return accepted(await browser.call(sendCode, { phone })).sandboxCode ?? '';
}

/** The first factor's request, of a login. */
function firstFactor({ email, password }: { email: string; password: string }) {
  return { email, password };
}

function otherThan(code: string, step = 1): string {
  return String((Number(code) + step) % 1_000_000).padStart(6, '0');
}

test('our tables have everything that the identity library asks of them', async () => {
  const { toBeCreated, toBeAdded } = await getMigrations(edge.identity.auth.options);
  expect([toBeCreated.map((t) => t.table), toBeAdded.map((t) => [t.table, Object.keys(t.fields)])]).toEqual([[], []]);
});

describe('a phone code', () => {
  test('signs a shopper in, and the browser stays signed in', async () => {
    const browser = edge.browser();
    const phone = newPhone();
    const { person } = accepted(await browser.call(verifyCode, { phone, code: await codeFor(browser, phone) }));
    expect(person).toMatchObject({ role: 'shopper', isVerified: true, isDemo: false, displayName: '' });
    expect(person.phoneMasked).toBe(`139****${phone.slice(-4)}`);
    expect(accepted(await browser.call(meRead, {})).person).toEqual(person);
  });

  test('finds the same account again from another browser', async () => {
    const phone = newPhone();
    const first = edge.browser();
    const once = accepted(await first.call(verifyCode, { phone, code: await codeFor(first, phone) }));
    await database.db.query('delete from rate_limit');
    const second = edge.browser();
    const again = accepted(await second.call(verifyCode, { phone, code: await codeFor(second, phone) }));
    expect(again.person.id).toBe(once.person.id);
  });

  test('is told that the account is blocked, to who has the phone and to nobody else', async () => {
    const first = edge.browser();
    const phone = newPhone();
    accepted(await first.call(verifyCode, { phone, code: await codeFor(first, phone) }));
    await database.db.query('delete from rate_limit');
    await database.db.query('update person set banned = true where phone_number = $1', [phone]);
    const again = edge.browser();
    const code = await codeFor(again, phone);
    expect(outcomeOf(await again.call(verifyCode, { phone, code: otherThan(code) }))).toBe('wrong_code');
    expect(outcomeOf(await again.call(verifyCode, { phone, code }))).toBe('account_blocked');
    expect(accepted(await again.call(meRead, {})).person?.isVerified ?? false).toBe(false);
  });

  test('is refused when it is wrong, five times, and then even the right one is', async () => {
    const browser = edge.browser();
    const phone = newPhone();
    const code = await codeFor(browser, phone);
    const outcomes: string[] = [];
    for (let step = 1; step <= 5; step += 1) {
      outcomes.push(outcomeOf(await browser.call(verifyCode, { phone, code: otherThan(code, step) })));
    }
    outcomes.push(outcomeOf(await browser.call(verifyCode, { phone, code })));
    expect(outcomes).toEqual([...Array(5).fill('wrong_code'), 'too_many_tries']);
  });

  test('allows no more than five guesses when a hundred come at once', async () => {
    const browser = edge.browser();
    const phone = newPhone();
    const code = await codeFor(browser, phone);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, step) => browser.call(verifyCode, { phone, code: otherThan(code, step + 1) })),
    );
    expect(answers.filter((answer) => outcomeOf(answer) === 'wrong_code')).toHaveLength(5);
    expect(answers.filter((answer) => outcomeOf(answer) === 'too_many_tries')).toHaveLength(95);
  });

  test('is good once', async () => {
    const browser = edge.browser();
    const phone = newPhone();
    const code = await codeFor(browser, phone);
    const cookies = [...browser.cookies];
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => {
        const tab = edge.browser();
        for (const [name, value] of cookies) tab.cookies.set(name, value);
        return tab.call(verifyCode, { phone, code });
      }),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });

  test('is of no use in a browser that did not ask for it', async () => {
    const phone = newPhone();
    const code = await codeFor(edge.browser(), phone);
    expect(outcomeOf(await edge.browser().call(verifyCode, { phone, code }))).toBe('code_expired');
  });

  test('is of no use for another phone', async () => {
    const browser = edge.browser();
    const code = await codeFor(browser, newPhone());
    expect(outcomeOf(await browser.call(verifyCode, { phone: newPhone(), code }))).toBe('code_expired');
  });

  test('expires by the clock of the database', async () => {
    const browser = edge.browser();
    const phone = newPhone();
    const code = await codeFor(browser, phone);
    await database.db.query('update one_time_code set expires_at = now() where phone = $1', [phone]);
    expect(outcomeOf(await browser.call(verifyCode, { phone, code }))).toBe('code_expired');
  });

  test('is sent again only after a minute, from whatever browser', async () => {
    const phone = newPhone();
    await codeFor(edge.browser(), phone);
    const again = await edge.browser().call(sendCode, { phone });
    expect(again).toMatchObject({ ok: false, refusal: { code: 'too_many_codes' } });
    const waitMs = again.ok || again.refusal.code !== 'too_many_codes' ? 0 : again.refusal.retryAfterMs;
    expect(waitMs).toBeGreaterThan(50_000);
    expect(waitMs).toBeLessThanOrEqual(60_000);
  });

  test('is sent to one phone five times an hour', async () => {
    const phone = newPhone();
    const outcomes: string[] = [];
    for (let time = 0; time < 6; time += 1) {
      await database.db.query(`delete from rate_limit where key like 'codeResend:%'`);
      outcomes.push(outcomeOf(await edge.browser().call(sendCode, { phone })));
    }
    expect(outcomes).toEqual([...Array(5).fill('ok'), 'too_many_codes']);
  });

  test('is sent to a hundred phones an hour from one address, unless it shows a load identity', async () => {
    await database.db.query('delete from rate_limit');
    const stranger = edge.browser();
    for (let time = 0; time < 100; time += 1) await stranger.call(sendCode, { phone: newPhone() });
    expect(outcomeOf(await stranger.call(sendCode, { phone: newPhone() }))).toBe('too_many_codes');
    const load = issueLoadIdentity(SECRET, Date.now() + 60_000);
    const crowd = edge.browser({ [LOAD_HEADER]: load });
    const phone = newPhone();
    const code = await codeFor(crowd, phone);
    expect(accepted(await crowd.call(verifyCode, { phone, code })).person.isDemo).toBe(true);
    for (const bad of [`${load}x`, issueLoadIdentity('another', Date.now() + 60_000), issueLoadIdentity(SECRET, 1)]) {
      const forged = edge.browser({ [LOAD_HEADER]: bad });
      expect(outcomeOf(await forged.call(sendCode, { phone: newPhone() }))).toBe('too_many_codes');
    }
    await database.db.query('delete from rate_limit');
  });

  test('is nowhere in the database', async () => {
    const browser = edge.browser();
    const phone = newPhone();
    const code = await codeFor(browser, phone);
    const rows = await database.db.query(
      'select row_to_json(c)::text as row from one_time_code c where phone = $1 union all select row_to_json(m)::text from message m where recipient = $1',
      [phone],
    );
    expect(rows).toHaveLength(2);
    for (const { row } of rows as { row: string }[]) expect(row.replaceAll(phone, '')).not.toContain(code);
  });

  test('makes one account of one phone under twenty sign-ins at once', async () => {
    const phone = newPhone();
    const signedIn = await Promise.all(
      Array.from({ length: 20 }, () =>
        signInPhone(edge.identity, { phone, headers: {}, locale: 'zh-CN', isDemo: false }),
      ),
    );
    expect(new Set(signedIn.map(({ person }) => person.id)).size).toBe(1);
  });
});

describe('cookies', () => {
  test('are HttpOnly and SameSite=Lax, without a prefix on plain http', async () => {
    const browser = edge.browser();
    const phone = newPhone();
    await browser.call(verifyCode, { phone, code: await codeFor(browser, phone) });
    const session = browser.lastSetCookies.find((cookie) => cookie.startsWith('festa_session='));
    expect(session).toMatch(/HttpOnly/);
    expect(session).toMatch(/SameSite=Lax/);
    expect(session).not.toMatch(/Secure/);
  });

  test('are Secure and bound to the host on https', async () => {
    const secure = await identityEdge(database.db, undefined, { publicUrl: 'https://festa.example' });
    const browser = secure.browser();
    const phone = newPhone();
    const code = await codeFor(browser, phone);
    expect(browser.lastSetCookies).toEqual([expect.stringMatching(/^__Host-festa_code=.*; Path=\/;.*; Secure$/)]);
    await browser.call(verifyCode, { phone, code });
    const session = browser.lastSetCookies.find((cookie) => cookie.startsWith('__Host-festa_session='));
    expect(session).toMatch(/Secure/);
    expect(session).not.toMatch(/Domain/);
    expect(accepted(await browser.call(meRead, {})).person?.isVerified).toBe(true);
    await secure.app.close();
  });
});

describe('an anonymous shopper', () => {
  test('is made by the first command that needs one, and by no read', async () => {
    const browser = edge.browser();
    expect(accepted(await browser.call(meRead, {})).person).toBeNull();
    expect(browser.lastSetCookies).toEqual([]);
    const { person } = accepted(await browser.call(saveProfile, { locale: 'en-US' }));
    expect(person).toMatchObject({
      role: 'shopper',
      isVerified: false,
      phoneMasked: null,
      displayName: '',
      locale: 'en-US',
    });
    expect(accepted(await browser.call(meRead, {})).person?.id).toBe(person.id);
  });

  test('becomes the owner of the phone, and is gone', async () => {
    const claims: string[][] = [];
    const claiming = await identityEdge(database.db, undefined, {
      onClaim: async (from, to) => {
        claims.push([from, to]);
      },
    });
    const browser = claiming.browser();
    const before = accepted(await browser.call(saveProfile, {})).person;
    const phone = newPhone();
    const { person } = accepted(await browser.call(verifyCode, { phone, code: await codeFor(browser, phone) }));
    expect(claims).toEqual([[before.id, person.id]]);
    expect(await database.db.query('select 1 from person where id = $1', [before.id])).toEqual([]);
    await claiming.app.close();
  });

  test('signs out, and the old cookie opens nothing', async () => {
    const browser = edge.browser();
    const phone = newPhone();
    await browser.call(verifyCode, { phone, code: await codeFor(browser, phone) });
    const stolen = edge.browser();
    for (const [name, value] of browser.cookies) stolen.cookies.set(name, value);
    expect(accepted(await stolen.call(meRead, {})).person).not.toBeNull();
    await browser.call(signOut, {});
    expect(browser.cookies.size).toBe(0);
    expect(accepted(await browser.call(meRead, {})).person).toBeNull();
    expect(accepted(await stolen.call(meRead, {})).person).toBeNull();
  });
});

describe('people behind the counter', () => {
  test('need the second factor: the password alone opens nothing', async () => {
    const login = await createStaff(edge.identity, { role: 'operator', email: 'Op@shop.example', displayName: 'Op' });
    const browser = edge.browser();
    // The browser may already be a shopper: that must not stand in for the second factor.
    await browser.call(saveProfile, {});
    const shopperId = accepted(await browser.call(meRead, {})).person?.id;
    const { sandboxCode } = accepted(await browser.call(staffSignIn, firstFactor(login)));
    expect(sandboxCode).toMatch(/^\d{6}$/);
    expect(accepted(await browser.call(meRead, {})).person?.id).toBe(shopperId);
    expect(outcomeOf(await browser.call(staffVerify, { code: otherThan(sandboxCode ?? '') }))).toBe('wrong_code');
    const { person } = accepted(await browser.call(staffVerify, { code: sandboxCode }));
    expect(person).toMatchObject({ role: 'operator', displayName: 'Op', isDemo: false });
    expect(accepted(await browser.call(meRead, {})).person?.role).toBe('operator');
    const [session] = await database.db.query<{ hours: number }>(
      'select extract(epoch from expires_at - now()) / 3600 as hours from person_session where person_id = $1',
      [person.id],
    );
    expect(Number(session?.hours)).toBeLessThanOrEqual(12);
  });

  test('get five tries at the code, and then no more with that challenge', async () => {
    const login = await createStaff(edge.identity, { role: 'clerk', email: 'c@shop.example', displayName: 'C' });
    const browser = edge.browser();
    const code = accepted(await browser.call(staffSignIn, firstFactor(login))).sandboxCode ?? '';
    const outcomes: string[] = [];
    for (let step = 1; step <= 5; step += 1) {
      outcomes.push(outcomeOf(await browser.call(staffVerify, { code: otherThan(code, step) })));
    }
    outcomes.push(outcomeOf(await browser.call(staffVerify, { code })));
    expect(outcomes.slice(0, 5)).toEqual(Array(5).fill('wrong_code'));
    expect(['too_many_tries', 'code_expired']).toContain(outcomes[5]);
  });

  test('are refused alike for a wrong password and an unknown e-mail, five times in a quarter of an hour', async () => {
    const login = await createStaff(edge.identity, { role: 'marketer', email: 'm@shop.example', displayName: 'M' });
    const browser = edge.browser();
    const outcomes: string[] = [];
    for (let time = 0; time < 5; time += 1) {
      outcomes.push(outcomeOf(await browser.call(staffSignIn, { email: login.email, password: 'not the password' })));
    }
    outcomes.push(outcomeOf(await browser.call(staffSignIn, firstFactor(login))));
    expect(outcomes).toEqual([...Array(5).fill('wrong_password'), 'try_later']);
    const nobody = { email: 'nobody@shop.example', password: 'not the password' };
    expect(outcomeOf(await browser.call(staffSignIn, nobody))).toBe('wrong_password');
  });

  test('of the demo are made once with random passwords', async () => {
    const logins = await createDemoStaff(edge.identity);
    expect(logins.map(({ role }) => role)).toEqual(['operator', 'marketer', 'clerk', 'clerk']);
    expect(new Set(logins.map(({ password }) => password)).size).toBe(4);
    for (const login of logins) expect((await edge.browser().call(staffSignIn, firstFactor(login))).ok).toBe(true);
  });
});

describe('the address book', () => {
  const home = {
    name: '张三',
    phone: '13800138000',
    provinceCode: '11',
    cityCode: '1101',
    areaCode: '110105',
    region: 'as chosen',
    street: '建国路 88 号',
    isDefault: false,
  };

  /** A browser of somebody who has proved this phone. */
  async function signedIn(phone: string) {
    const browser = edge.browser();
    accepted(await browser.call(verifyCode, { phone, code: await codeFor(browser, phone) }));
    return browser;
  }

  test('is only for who has proved a phone', async () => {
    const answer = await edge.browser().call(addressSave, { ...home, id: crypto.randomUUID() });
    expect(outcomeOf(answer)).toBe('login_required');
  });

  test('keeps one default, names the region by its codes and repeats without change', async () => {
    const browser = await signedIn('13822220001');
    const first = crypto.randomUUID();
    const second = crypto.randomUUID();
    const one = accepted(await browser.call(addressSave, { ...home, id: first })).addresses;
    expect(one).toMatchObject([{ id: first, isDefault: true, region: '北京市 朝阳区' }]);
    const two = accepted(await browser.call(addressSave, { ...home, id: second, isDefault: true })).addresses;
    expect(two.map(({ id, isDefault }) => [id, isDefault])).toEqual([
      [second, true],
      [first, false],
    ]);
    expect(accepted(await browser.call(addressSave, { ...home, id: second, isDefault: true })).addresses).toEqual(two);
    const left = accepted(await browser.call(addressRemove, { id: second })).addresses;
    expect(left).toMatchObject([{ id: first, isDefault: true }]);
    expect(accepted(await browser.call(addressRemove, { id: second })).addresses).toEqual(left);
    expect(accepted(await browser.call(addressList, {})).addresses).toEqual(left);
  });

  test('refuses codes that do not lie in one another', async () => {
    const wrong = { ...home, id: crypto.randomUUID(), cityCode: '3101' };
    expect(outcomeOf(await (await signedIn('13822220002')).call(addressSave, wrong))).toBe('unknown_region');
  });

  test('holds twenty, also when thirty are added at once', async () => {
    const browser = await signedIn('13822220003');
    const answers = await Promise.all(
      Array.from({ length: 30 }, () =>
        browser.call(addressSave, { ...home, id: crypto.randomUUID(), isDefault: true }),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(20);
    const { addresses } = accepted(await browser.call(addressList, {}));
    expect(addresses.filter(({ isDefault }) => isDefault)).toHaveLength(1);
  });

  test('of another shopper can be neither changed nor removed [P26]', async () => {
    const owner = await signedIn('13822220004');
    const id = crypto.randomUUID();
    const mine = accepted(await owner.call(addressSave, { ...home, id })).addresses;
    const thief = await signedIn('13822220005');
    await thief.call(addressSave, { ...home, id, street: '别处 1 号' });
    await thief.call(addressRemove, { id });
    expect(accepted(await owner.call(addressList, {})).addresses).toEqual(mine);
  });
});
