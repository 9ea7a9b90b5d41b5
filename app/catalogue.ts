import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue } from '../lib/contracts/catalog.ts';

/** What a fresh checkout builds from: no festival yet, so every list on the pages shows its empty state. */
const EMPTY: Catalogue = {
  publishedAt: 0,
  festival: { id: 'none', name: { zh: '', en: '' }, isDemo: false },
  categories: [],
  sessions: [],
  products: [],
  previews: {},
};

let read: Catalogue | undefined;

/**
 * The published catalogue, for pages while they are built. Never call it from a client component: the whole file
 * would have to travel to the phone.
 *
 * The publisher writes it (server/publish); `FESTA_HOME` moves its folder. Read once per build process, so that all
 * pages of one build tell the same prices.
 *
 * @throws Error when the file is there but is not JSON: a half-written catalogue must stop the build.
 */
export function catalogue(): Catalogue {
  if (read && process.env.NODE_ENV === 'production') return read;
  const home = process.env.FESTA_HOME ?? join(/* turbopackIgnore: true */ process.cwd(), '.festa');
  try {
    read = JSON.parse(readFileSync(join(/* turbopackIgnore: true */ home, 'catalogue.json'), 'utf8')) as Catalogue;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return EMPTY;
    throw new Error('The published catalogue cannot be read; publish the shop again', { cause });
  }
  return read;
}
