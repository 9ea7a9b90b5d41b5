import { randomUUID } from 'node:crypto';
import { cellOf } from '../../lib/domain/store/cell.ts';
import type { StoreHours } from '../../lib/domain/store/opening.ts';
import type { Database } from '../../server/platform/database.ts';
import { type StoreRow, tellStores, writeStores } from '../../server/store/write-stores.ts';

const DAY = [[540, 1_320]] as const;
const WEEK: StoreHours = { weekly: [DAY, DAY, DAY, DAY, DAY, DAY, DAY], holiday: null };

/** A point in the middle of Shanghai, and what lies so many metres off. */
export const SHANGHAI = { lng: 121.4737, lat: 31.2304 };
export function beside({ east = 0, north = 0 }: { east?: number; north?: number }) {
  return { lng: SHANGHAI.lng + east / 95_100, lat: SHANGHAI.lat + north / 111_195 };
}

export function storeRow(code: string, given: Partial<StoreRow> = {}): StoreRow {
  const { lng, lat } = { ...SHANGHAI, ...given };
  return {
    id: `s-${code}`,
    code,
    name: { zh: `${code}号店`, en: `Store ${code}` },
    address: { zh: '南京东路 1 号', en: '1 East Nanjing Road' },
    regionCode: '310101',
    region: { zh: '上海市 黄浦区', en: 'Shanghai Huangpu' },
    lng,
    lat,
    cell: cellOf({ lng, lat }),
    datum: 'wgs84',
    zone: 'Asia/Shanghai',
    hours: WEEK,
    services: ['pickup'],
    phone: '021-12345678',
    ...given,
  };
}

/** Opens a store; answers its id, which is its location's. */
export async function putStore(db: Database, code: string, given: Partial<StoreRow> = {}): Promise<string> {
  const row = storeRow(code, given);
  await db.transaction(async (tx) => {
    await writeStores(tx, [row]);
    await tellStores(tx, [row.id]);
  });
  return row.id;
}

/** Brings units of a SKU into a store, as a delivery does: the level and its move. */
export async function putUnits(db: Database, storeId: string, skuId: string, quantity: number): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(
      `insert into stock_level (sku_id, location_id, on_hand, version) values ($1, $2, $3, 1)
       on conflict (sku_id, location_id) do update set on_hand = stock_level.on_hand + $3, version = stock_level.version + 1`,
      [skuId, storeId, quantity],
    );
    await tx.query(
      `insert into stock_move (sku_id, location_id, kind, quantity, reference) values ($1, $2, 'intake', $3, $4)`,
      [skuId, storeId, quantity, randomUUID()],
    );
    await tx.query(`select pg_notify('stock', $1)`, [skuId]);
  });
}
