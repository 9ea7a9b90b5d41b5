import type { Exception, StoreHours } from './opening.ts';
import { DEFAULT_ZONE, SERVICES, STORE_STATES, type Store } from './store.ts';

/*
 * The stores as they are published, small enough for a phone: one manifest, one file a block, one file of regions, and
 * names by province where there are many. Every file but the manifest's address is named by its content.
 */

type Words = { readonly zh: string; readonly en: string };

/** A store without what is shared by many in its file. */
type Row = readonly [
  id: string,
  code: string,
  nameZh: string,
  /** 0: as in Chinese. */
  nameEn: string | 0,
  addressZh: string,
  addressEn: string | 0,
  /** Place in `regions`. */
  region: number,
  /** WGS-84, hundred-thousandths of a degree: a metre. */
  lng: number,
  lat: number,
  phone: string | 0,
  /** A bit for each of SERVICES. */
  services: number,
  /** Place in `hours`; −1: not known. */
  hours: number,
  state: number,
  more: { readonly zone?: string; readonly exceptions?: readonly Exception[]; readonly stateNote?: Words } | 0,
];

/** A store on the phone: with its region in words. */
export type KnownStore = Store & { readonly region: Words };

export type BlockFile = {
  readonly regions: readonly (readonly [code: string, zh: string, en: string])[];
  readonly hours: readonly StoreHours[];
  readonly stores: readonly Row[];
};

/** Blocks are one text, `row-column.name` with spaces between: thousands of them stay small. */
export type StoreManifest = {
  readonly version: 1;
  readonly total: number;
  readonly blocks: string;
  /** Public holidays, `YYYY-MM-DD`. */
  readonly holidays: readonly string[];
  /** Name of the file of regions. */
  readonly regions: string;
  /** Name of the file of what stores give, as `public.store-offers` answers. */
  readonly offers: string;
  /** Province → name of its file of names; under `all` while one file is enough. */
  readonly names: Readonly<Record<string, string>>;
};

/** One 市 with its stores: where they are, so that a list of them needs no search. */
export type RegionFile = {
  readonly provinces: readonly {
    readonly code: string;
    readonly name: Words;
    readonly count: number;
    readonly cities: readonly {
      readonly code: string;
      readonly name: Words;
      readonly count: number;
      readonly blocks: readonly string[];
    }[];
  }[];
};

/** What a search by name looks through: id, block, name and address in both languages, pinyin as the search page has it. */
export type NameRow = readonly [id: string, block: string, words: string, pinyin: string];
export type NameFile = { readonly rows: readonly NameRow[] };

const SCALE = 100_000;

function placeIn<T>(list: T[], known: Map<string, number>, value: T): number {
  const key = JSON.stringify(value);
  let at = known.get(key);
  if (at === undefined) {
    at = list.push(value) - 1;
    known.set(key, at);
  }
  return at;
}

/** The file of a block's stores. */
export function packBlock(stores: readonly KnownStore[]): BlockFile {
  const regions: (readonly [string, string, string])[] = [];
  const hours: StoreHours[] = [];
  const [knownRegions, knownHours] = [new Map<string, number>(), new Map<string, number>()];
  const rows = stores.map((store): Row => {
    const more = {
      ...(store.zone === DEFAULT_ZONE ? {} : { zone: store.zone }),
      ...(store.exceptions.length === 0 ? {} : { exceptions: store.exceptions }),
      ...(store.stateNote === null ? {} : { stateNote: store.stateNote }),
    };
    return [
      store.id,
      store.code,
      store.name.zh,
      store.name.en === store.name.zh ? 0 : store.name.en,
      store.address.zh,
      store.address.en === store.address.zh ? 0 : store.address.en,
      placeIn(regions, knownRegions, [store.regionCode, store.region.zh, store.region.en] as const),
      Math.round(store.lng * SCALE),
      Math.round(store.lat * SCALE),
      store.phone ?? 0,
      SERVICES.reduce((bits, service, bit) => bits | (store.services.includes(service) ? 1 << bit : 0), 0),
      store.hours === null ? -1 : placeIn(hours, knownHours, store.hours),
      STORE_STATES.indexOf(store.state),
      Object.keys(more).length === 0 ? 0 : more,
    ];
  });
  return { regions, hours, stores: rows };
}

/** The stores of a block's file. */
export function unpackBlock(file: BlockFile): KnownStore[] {
  return file.stores.map(
    ([id, code, nameZh, nameEn, addressZh, addressEn, at, lng, lat, phone, bits, hours, state, rest]) => {
      const more = rest === 0 ? {} : rest;
      const [regionCode = '000000', zh = '', en = ''] = file.regions[at] ?? [];
      return {
        id,
        code,
        name: { zh: nameZh, en: nameEn === 0 ? nameZh : nameEn },
        address: { zh: addressZh, en: addressEn === 0 ? addressZh : addressEn },
        regionCode,
        region: { zh, en },
        lng: lng / SCALE,
        lat: lat / SCALE,
        phone: phone === 0 ? null : phone,
        services: SERVICES.filter((_, bit) => (bits & (1 << bit)) !== 0),
        hours: hours < 0 ? null : (file.hours[hours] ?? null),
        state: STORE_STATES[state] ?? 'closed',
        zone: more.zone ?? DEFAULT_ZONE,
        exceptions: more.exceptions ?? [],
        stateNote: more.stateNote ?? null,
      };
    },
  );
}

/** Block → the name of its file. */
export function blocksOf({ blocks }: Pick<StoreManifest, 'blocks'>): Map<string, string> {
  return new Map(
    blocks
      .split(' ')
      .filter((one) => one !== '')
      .map((one) => one.split('.') as [string, string]),
  );
}

export function writeBlocks(names: ReadonlyMap<string, string>): string {
  return [...names].map(([block, name]) => `${block}.${name}`).join(' ');
}
