import { type Channel, mechanicAllowed } from './mechanic-allowed.ts';

/** What stands behind an app's own share menu while a page is shown. */
export type SharedPage = {
  /** The page that is handed on, without a language: `/p/silk-dress`. */
  readonly path: string;
  /** The page itself may not or need not be handed on: the shop's front page goes in its place, with the shop's words. */
  readonly isNeutral: boolean;
};

/** Pages that anybody may be shown: the front page, goods, categories and the centre of coupons. */
const OPEN = /^\/(?:p\/[^/]+|c(?:\/[^/]+)?|coupons|item)?$/;
const NEUTRAL: SharedPage = { path: '/', isNeutral: true };

/**
 * What an app may hand on of a page by its own menu. Orders, addresses and the like are nobody else's; a page of a
 * mechanic that the app forbids gives way to the goods. `pathname` may begin with a language.
 */
export function sharedPage(pathname: string, channel: Channel): SharedPage {
  const path = pathname.replace(/^\/en(?=\/|$)/, '').replace(/(.)\/$/, '$1') || '/';
  if (path === '/team' || path === '/t') {
    return mechanicAllowed('team_invite', channel) ? { path, isNeutral: false } : NEUTRAL;
  }
  if (path === '/packet' || path === '/g') {
    return mechanicAllowed('packet_share', channel) ? { path, isNeutral: false } : NEUTRAL;
  }
  return OPEN.test(path) ? { path, isNeutral: path === '/' } : NEUTRAL;
}
