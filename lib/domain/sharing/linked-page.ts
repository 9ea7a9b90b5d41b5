/** The pages of the shop that are shared and are no product's, as cards and preview pictures know them. */
export type LinkedPage =
  | { readonly kind: 'home' | 'coupons' | 'invite' }
  | { readonly kind: 'category' | 'session'; readonly id: string };

/** The search parameter of the home page that says whose session's tab is open. */
export const SESSION_TAB = 'session';

/** The home page with one session's tab open. */
export const sessionPath = (id: string): string => `/?${SESSION_TAB}=${encodeURIComponent(id)}`;

const ID = /^[A-Za-z0-9_.:-]{1,64}$/;

/**
 * What is shared by a link that leads here; every page that has no card of its own is the shop itself. A team or a
 * packet is `invite`: its card travels through apps that forbid to say more.
 */
export function linkedPage(landing: string): LinkedPage {
  const url = new URL(landing, 'https://own.invalid');
  const path = url.pathname.replace(/^\/en(?=\/|$)/, '').replace(/\/$/, '');
  const category = path.match(/^\/c\/([^/]+)$/)?.[1];
  if (category !== undefined && ID.test(category)) return { kind: 'category', id: category };
  if (/^\/(?:t|g|team|packet)$/.test(path)) return { kind: 'invite' };
  if (path === '/coupons') return { kind: 'coupons' };
  const session = path === '' ? url.searchParams.get(SESSION_TAB) : null;
  return session !== null && ID.test(session) ? { kind: 'session', id: session } : { kind: 'home' };
}

/** The name under which a page's preview picture is kept, in one language. */
export function previewKey(page: LinkedPage, language: 'zh' | 'en'): string {
  return `preview~${page.kind}${'id' in page ? `~${page.id}` : ''}~${language}`;
}
