import type { words } from '../../../lib/messages/import-stores.ts';
import type { Place } from '../../publish/import/problem.ts';

/*
 * Words used in this room:
 *
 * - record: one row or JSON value of the file: its fields by our names, as text
 * - column: what the file itself calls a field
 */

export type StoreProblem = Place & { readonly code: keyof (typeof words)['zh-CN']['problems'] };
export type StoreNote = Place & { readonly code: keyof (typeof words)['zh-CN']['notes'] };

/** Our name of a field → what others call it, in small letters without spaces, `_` and `-`. */
const FIELDS = {
  code: ['storecode', 'storeid', 'storenumber', '门店编号', '门店编码', '编号'],
  name: ['namezh', 'storename', '门店名称', '名称'],
  name_en: ['nameen', 'englishname', '英文名称'],
  address: ['addresszh', 'streetaddress', '地址', '门店地址', '详细地址'],
  address_en: ['addressen', '英文地址'],
  region_code: ['regioncode', 'areacode', 'adcode', '地区编码', '行政区划代码'],
  province: ['state', 'state/province', '省', '省份'],
  city: ['市', '城市'],
  area: ['district', 'county', '区', '区县'],
  lng: ['lon', 'long', 'longitude', '经度'],
  lat: ['latitude', '纬度'],
  datum: ['crs', 'coordinatesystem', '坐标系'],
  hours: ['openinghours', 'businesshours', '营业时间'],
  phone: ['telephone', 'tel', 'phonenumber', '电话', '联系电话'],
  services: ['服务'],
  zone: ['timezone', '时区'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Field = keyof typeof FIELDS;

const bare = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]/g, '');
const byColumn = new Map<string, Field>(
  Object.entries(FIELDS).flatMap(([field, names]) => [field, ...names].map((name) => [bare(name), field as Field])),
);

/** Which of our fields a column of the file is; null: none, it is left out. */
export function fieldOf(column: string): Field | null {
  return byColumn.get(bare(column)) ?? null;
}

export type StoreRecord = {
  readonly line: number;
  readonly fields: ReadonlyMap<Field, string>;
  /** What the file calls a field, for reports. */
  readonly columns: ReadonlyMap<Field, string>;
  /** Known before the fields are looked at: the record itself is not whole. */
  readonly fault: StoreProblem | null;
};

/** Columns without which no row can be a store. */
export const REQUIRED: readonly Field[] = ['code', 'name', 'address', 'lng', 'lat'];
