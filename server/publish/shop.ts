import { join } from 'node:path';
import type { Catalogue } from '../../lib/contracts/catalog.ts';
import { keepPictures, readCatalogue } from '../catalog/catalog-store.ts';
import type { Database } from '../platform/database.ts';
import { publishedOffers } from '../store/offer/offer-rows.ts';
import { holidaysAhead, liveStores } from '../store/store-rows.ts';
import { renderPictures } from './images.ts';
import { readPictureRows } from './picture-rows.ts';
import { renderPreviews } from './previews/previews.ts';
import { type Published, publish, type Say, type Shop } from './publish.ts';
import { writeStoreFiles } from './stores.ts';

const PROJECT = join(import.meta.dirname, '../..');

export type ShopGiven = {
  readonly db: Database;
  readonly say: Say;
  /** `.festa`. */
  readonly home: string;
  /** The shop's own address, for links that leave the page. */
  readonly origin: string;
  /** Gives up a publish that is under way. */
  readonly signal?: AbortSignal;
  /** Runs when the pictures are there and the catalogue has not been read yet. */
  readonly onPictures?: () => Promise<void>;
};

/** Makes the pictures that the catalogue asks for and reads the catalogue with them. */
async function collect({ db, home, say, onPictures }: ShopGiven, publicDir: string): Promise<Catalogue> {
  const rows = await readPictureRows(db);
  let drawn = 0;
  const cacheDir = join(home, 'cache', 'pictures');
  const pictures = await renderPictures(rows, {
    outDir: publicDir,
    cacheDir,
    imagesDir: join(home, 'images'),
    onPicture: (_key, isNew) => {
      if (isNew && ++drawn % 20 === 0) say(`Drawn ${drawn} pictures of at most ${rows.length}`);
    },
    onMissing: (key, file) => say(`${key}: the picture ${file} is not there; it gets a drawn plate`),
  });
  const previews = await renderPreviews(db, pictures, { outDir: publicDir, cacheDir });
  await keepPictures(db, new Map([...pictures, ...previews]));
  await onPictures?.();
  return readCatalogue(db, pictures, previews);
}

/** The shop of this project, as `publish` and the development server take it. */
export function shopOf(given: ShopGiven): Shop {
  return {
    home: given.home,
    project: PROJECT,
    origin: given.origin,
    say: given.say,
    ...(given.signal ? { signal: given.signal } : {}),
    collect: (publicDir) => collect(given, publicDir),
    collectStores: async (publicDir) =>
      writeStoreFiles(
        await liveStores(given.db),
        await holidaysAhead(given.db),
        publicDir,
        await publishedOffers(given.db),
      ),
  };
}

/**
 * Publishes the shop from the database; does nothing when nothing has changed, unless `force`.
 *
 * @throws Error when there is no festival to publish, BuildError when the pages do not build.
 */
export function publishShop(given: ShopGiven & { force?: boolean }): Promise<Published> {
  return publish(shopOf(given), given.force ? { force: true } : {});
}
