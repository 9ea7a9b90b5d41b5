import * as z from 'zod/mini';
import { command, epochShape, keyShape, read, refusal } from './contract.ts';

/*
 * Words used in this room:
 *
 * - share link: one forwarding of one page by one person, or by the shop; opens as `/s/<code>`
 * - visit:      one browser's opening of one link, once in an hour
 * - touch:      a visit in which the visitor did something on the page; only touches can earn
 * - credit:     who brought an order, with the visits that prove it
 */

export const shareCodeShape = z.string().check(z.length(17), z.regex(/^[0-9A-Za-z]+$/));
/** What a person or a marketer writes as the page; whether it is one of ours is the server's to say. */
export const landingShape = z.string().check(z.minLength(1), z.maxLength(300));

export const notOurPage = refusal('not_our_page');

export const shareLink = command('share.link', {
  who: 'shopper',
  summary: 'The shopper’s own link to a page of the shop; the same page again is the same link',
  request: z.strictObject({ key: keyShape, path: landingShape }),
  /**
   * `depth`: how many people stand between him and the beginning of this spread. `url`: the whole address, on the share
   * domain of this moment.
   */
  value: z.object({ code: shareCodeShape, path: z.string(), url: z.url(), depth: z.int() }),
  refusals: [notOurPage, refusal('too_many_links', { max: z.int() })],
});

export const shareTouch = command('share.touch', {
  who: 'anyone',
  summary: 'A visitor who came by a link did something on its page',
  request: z.strictObject({ code: shareCodeShape }),
  value: z.object({}),
});

export const shareConsent = command('share.consent', {
  who: 'anyone',
  summary: 'Whether this browser may be counted; without consent what was kept of it is deleted',
  request: z.strictObject({ agrees: z.boolean() }),
  value: z.object({ agrees: z.boolean() }),
});

/** `url`: on the share domain of this moment. */
export const linkFacts = {
  code: shareCodeShape,
  path: z.string(),
  url: z.url(),
  landing: z.string(),
  depth: z.int(),
  madeAt: epochShape,
  opens: z.int(),
  visitors: z.int(),
};

export const shareMine = read('share.mine', {
  who: 'shopper',
  summary: 'The shopper’s links, newest first, with how often they were opened; never by whom',
  request: z.strictObject({}),
  value: z.object({ links: z.array(z.object(linkFacts)), showsName: z.boolean() }),
});

export const shareShowName = command('share.showName', {
  who: 'verified',
  summary: 'Whether marketers see the name of his profile on his links, instead of a pseudonym',
  request: z.strictObject({ shows: z.boolean() }),
  /** `name`: as they see it, in clean text; null: they see the pseudonym. */
  value: z.object({ shows: z.boolean(), name: z.nullable(z.string()) }),
});
