import type { RequestOf } from '../../lib/contracts/contract.ts';
import type { Address, addressSave } from '../../lib/contracts/identity.ts';
import { accept, type Result, refuse } from '../../lib/domain/result.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { regionOf } from './regions.ts';

const ADDRESSES_MAX = 20;

const COLUMNS = `id, name, phone, province_code as "provinceCode", city_code as "cityCode", area_code as "areaCode",
  region, street, is_default as "isDefault"`;

/** The shopper's addresses, default first, then the newest. */
export function listAddresses(db: Queryable, shopperId: string): Promise<Address[]> {
  return db.query<Address>(
    `select ${COLUMNS} from address where shopper_id = $1 order by is_default desc, created_at desc, id`,
    [shopperId],
  );
}

/** One address of this shopper, for the order that is sent there; null when he has none of that id. */
export async function addressOf(db: Queryable, shopperId: string, id: string): Promise<Address | null> {
  const [row] = await db.query<Address>(`select ${COLUMNS} from address where shopper_id = $1 and id = $2`, [
    shopperId,
    id,
  ]);
  return row ?? null;
}

/** Edits of one shopper's book follow one another: the limit and the single default are read and kept under this. */
async function lockBook(tx: Queryable, shopperId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('address:' || $1, 0))`, [shopperId]);
}

/** Adds or replaces; the first address is the default whatever was asked. Names of the region come from its codes. */
export function saveAddress(
  db: Database,
  shopperId: string,
  wanted: RequestOf<typeof addressSave>,
): Promise<Result<Address[], { code: 'too_many_addresses'; max: number } | { code: 'unknown_region' }>> {
  const region = regionOf(wanted.provinceCode, wanted.cityCode, wanted.areaCode);
  if (!region) return Promise.resolve(refuse({ code: 'unknown_region' }));
  return db.transaction(async (tx) => {
    await lockBook(tx, shopperId);
    const others = await tx.query<{ isDefault: boolean }>(
      `select is_default as "isDefault" from address where shopper_id = $1 and id <> $2`,
      [shopperId, wanted.id],
    );
    if (others.length >= ADDRESSES_MAX) return refuse({ code: 'too_many_addresses', max: ADDRESSES_MAX });
    const isDefault = wanted.isDefault || !others.some((other) => other.isDefault);
    if (isDefault) {
      await tx.query('update address set is_default = false where shopper_id = $1 and is_default', [shopperId]);
    }
    await tx.query(
      `insert into address (shopper_id, id, name, phone, province_code, city_code, area_code, region, street, is_default)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict (shopper_id, id) do update set
         name = excluded.name, phone = excluded.phone, province_code = excluded.province_code,
         city_code = excluded.city_code, area_code = excluded.area_code, region = excluded.region,
         street = excluded.street, is_default = excluded.is_default, updated_at = now()`,
      [
        shopperId,
        wanted.id,
        wanted.name,
        wanted.phone,
        wanted.provinceCode,
        wanted.cityCode,
        wanted.areaCode,
        region,
        wanted.street,
        isDefault,
      ],
    );
    return accept(await listAddresses(tx, shopperId));
  });
}

/** Removes one; when it was the default, the newest that is left takes its place. */
export function removeAddress(db: Database, shopperId: string, id: string): Promise<Address[]> {
  return db.transaction(async (tx) => {
    await lockBook(tx, shopperId);
    await tx.query('delete from address where shopper_id = $1 and id = $2', [shopperId, id]);
    await tx.query(
      `update address set is_default = true
       where shopper_id = $1 and id = (
         select id from address where shopper_id = $1 order by is_default desc, created_at desc, id limit 1)`,
      [shopperId],
    );
    return listAddresses(tx, shopperId);
  });
}
