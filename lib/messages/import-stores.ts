import type { Locale } from '../contracts/contract.ts';

type Sentences<Code extends string> = { readonly [C in Code]: string };

/** Why a row of a file of stores is refused; `{name}` is filled from the facts. */
const problemsZh = {
  datum_missing: '没有说明坐标系：请加 datum 列（wgs84 或 gcj02），或用 --datum 指明',
  datum_unknown: '“{value}”不是坐标系，请写 wgs84 或 gcj02',
  code_missing: '缺少门店编号',
  code_too_long: '门店编号超过 {max} 个字符',
  code_repeated: '门店编号“{code}”在文件里出现了两次，第一次在第 {first} 行',
  code_of_warehouse: '“{code}”已是仓库的编号，请换一个门店编号',
  name_missing: '缺少门店名称',
  text_too_long: '文字超过 {max} 个字符',
  address_missing: '缺少地址',
  region_unknown: '认不出所在地区“{value}”，请写六位地区编码或省、市、区的名称',
  point_missing: '缺少经度或纬度',
  point_not_a_number: '“{value}”不是经纬度，请写成 121.4737',
  point_not_degrees: '经度 {lng}、纬度 {lat} 超出范围',
  point_zero: '经纬度是 0/0，并没有填写',
  point_swapped: '经度 {lng}、纬度 {lat} 像是写反了，对调后在中国境内',
  point_outside: '经度 {lng}、纬度 {lat} 不在中国境内',
  point_abroad: '经度 {lng}、纬度 {lat} 在{place}附近，不在中国境内',
  point_elsewhere: '坐标离“{region}”很远（最近的地方是 {place}），请核对坐标或地区',
  hours_unreadable: '看不懂营业时间“{value}”，请写成 Mo-Su 09:00-22:00 或 周一至周日 09:00-22:00',
  service_unknown: '没有“{value}”这项服务，可写：{known}',
  phone_invalid: '“{value}”不是电话号码',
  zone_unknown: '没有“{value}”这个时区，请写成 Asia/Shanghai',
  column_missing: '表头缺少必需的列“{column}”',
  column_repeated: '表头里“{column}”这一列出现了两次',
  columns_too_many: '这一行有 {found} 列，表头只有 {expected} 列',
  quote_stray: '引号结束后还有文字，字段里的引号要写两遍',
  json_broken: '不是有效的 JSON：{reason}',
  broken_bytes: '这里有无法识别的字节，请检查文件编码',
  format_unknown: '认不出文件格式，请用 CSV、JSON 数组或每行一个 JSON',
  file_empty: '文件里没有门店',
  file_unreadable: '打不开这个文件：{reason}',
} as const;

const problemsEn: Sentences<keyof typeof problemsZh> = {
  datum_missing: 'The datum of the coordinates is not said: add a column datum (wgs84 or gcj02), or say --datum',
  datum_unknown: '"{value}" is no datum; write wgs84 or gcj02',
  code_missing: 'The store has no code',
  code_too_long: 'The code is longer than {max} characters',
  code_repeated: 'Code "{code}" stands twice in the file, first in line {first}',
  code_of_warehouse: '"{code}" is the code of a warehouse already; give the store another one',
  name_missing: 'The store has no name',
  text_too_long: 'The text is longer than {max} characters',
  address_missing: 'There is no address',
  region_unknown:
    'The region "{value}" is not known; write its six digits, or the names of province, city and district',
  point_missing: 'Longitude or latitude is missing',
  point_not_a_number: '"{value}" is not a longitude or latitude; write 121.4737',
  point_not_degrees: 'Longitude {lng} and latitude {lat} are beyond the earth’s',
  point_zero: 'The coordinates are 0/0: nobody filled them in',
  point_swapped: 'Longitude {lng} and latitude {lat} look swapped; the other way round they are in China',
  point_outside: 'Longitude {lng} and latitude {lat} are not in China',
  point_abroad: 'Longitude {lng} and latitude {lat} are near {place}, not in China',
  point_elsewhere: 'The coordinates are far from "{region}" (the nearest place is {place}); check them or the region',
  hours_unreadable: 'The hours "{value}" cannot be read; write Mo-Su 09:00-22:00',
  service_unknown: 'There is no service "{value}"; those known are: {known}',
  phone_invalid: '"{value}" is not a telephone number',
  zone_unknown: 'There is no time zone "{value}"; write Asia/Shanghai',
  column_missing: 'The header lacks the column "{column}"',
  column_repeated: 'The header has the column "{column}" twice',
  columns_too_many: 'The row has {found} columns, the header only {expected}',
  quote_stray: 'Text follows a closing quote; a quote inside a field is written twice',
  json_broken: 'This is not JSON: {reason}',
  broken_bytes: 'Bytes here cannot be read; check the encoding of the file',
  format_unknown: 'The format was not recognised; use CSV, a JSON array or one JSON object a line',
  file_empty: 'There are no stores in the file',
  file_unreadable: 'The file cannot be opened: {reason}',
};

/** What the merchant should know though the row came in. */
const notesZh = {
  looks_like_gcj02:
    '坐标按 WGS-84 写明，但整体偏移像 GCJ-02（{lean} 倍）：若是，距离会差约 500 米，请改用 --datum gcj02',
  looks_like_wgs84: '坐标按 GCJ-02 写明，但整体没有偏移，像 WGS-84（{lean} 倍）：若是，请改用 --datum wgs84',
  points_coarse: '{count} 家门店的坐标只有两位小数，距离误差可达 700 米',
  same_place: '与第 {first} 行“{code}”的地址相同',
} as const;

const notesEn: Sentences<keyof typeof notesZh> = {
  looks_like_gcj02:
    'The coordinates are said to be WGS-84 but lie, on the whole, as GCJ-02 does ({lean} times): if they are, every distance is off by about 500 m; say --datum gcj02',
  looks_like_wgs84:
    'The coordinates are said to be GCJ-02 but lie, on the whole, as WGS-84 does ({lean} times): if they are, say --datum wgs84',
  points_coarse: 'The coordinates of {count} stores have two decimals only; distances may be off by 700 m',
  same_place: 'The address is that of "{code}" in line {first}',
};

/** The sentences of `npm run import-stores`, which prints both languages side by side. */
export const words = {
  'zh-CN': { problems: problemsZh, notes: notesZh },
  'en-US': { problems: problemsEn, notes: notesEn },
} satisfies { readonly [L in Locale]: unknown };
