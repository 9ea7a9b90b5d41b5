import type { Log } from '../platform/log.ts';
import { hasRelease } from './publish.ts';
import { publishShop, type ShopGiven } from './shop.ts';

/**
 * Brings the shop up to date when a server starts. Where nothing is published yet it answers when that is done, since
 * there is nothing to show before; else at once, and a shop that has changed is published behind the running one.
 *
 * A publish behind the server that fails is told and changes nothing: what is served stays.
 *
 * @param given `onFirstPictures` runs in the very first publish, between its pictures and its pages
 * @returns stops a publish that is still under way.
 * @throws what the very first publish throws.
 */
export async function publishAtStart(
  given: Omit<ShopGiven, 'signal' | 'onPictures'> & { log: Log; onFirstPictures: () => Promise<void> },
): Promise<() => Promise<void>> {
  const [festival] = await given.db.query('select 1 from festival limit 1');
  if (!festival) {
    given.say('There are no goods yet: npm run import -- FILE --publish brings them, and the shop opens by itself.');
    return async () => {};
  }
  const stopping = new AbortController();
  const shop = { ...given, signal: stopping.signal };
  if (!(await hasRelease(given.home))) {
    given.say('Setting up the shop; this takes about a minute the first time');
    await publishShop({ ...shop, onPictures: given.onFirstPictures });
    return async () => {};
  }
  const published = publishShop({ ...shop, say: (sentence) => given.log.info(sentence) }).catch((error: unknown) => {
    if (!stopping.signal.aborted) given.log.error({ err: error }, 'publishing behind the running shop failed');
  });
  return async () => {
    stopping.abort();
    await published;
  };
}
