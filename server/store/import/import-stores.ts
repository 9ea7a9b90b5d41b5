import type { Day } from '../../../lib/domain/store/opening.ts';
import { type Datum, type DatumSample, detectDatum, offsetM, type Point } from '../../../lib/domain/store/place.ts';
import type { Database, Queryable } from '../../platform/database.ts';
import { type Bytes, decodeText, detectEncoding, type Encoding } from '../../publish/import/bytes.ts';
import { type Problem, UnusableFile } from '../../publish/import/problem.ts';
import { toGcj02 } from '../datum.ts';
import { regionCentre } from '../known-places.ts';
import type { Region } from '../regions.ts';
import { type StoreChanges, type StoreRow, tellStores, writeExceptions, writeStores } from '../write-stores.ts';
import { NoStores, readStoreRecords } from './read-records.ts';
import { readStore } from './read-store.ts';
import type { StoreNote, StoreProblem } from './record.ts';

export type StoreImportOptions = {
  /** Of rows that do not say theirs. */
  readonly datum?: Datum;
  readonly encoding?: Encoding;
  /** Look, and change nothing. */
  readonly isDryRun?: boolean;
  /** Bring in the stores without fault and leave the others out; without it one fault leaves all out. */
  readonly skipsBad?: boolean;
};

export type StoreImportReport = {
  /** `applied`: stores were written. `refused`: rows were refused and nothing was changed. `dry`: as asked. */
  readonly outcome: 'applied' | 'dry' | 'refused' | 'unusable';
  readonly encoding: Encoding | null;
  readonly records: number;
  /** In the order of the file; the first `PROBLEMS_KEPT`. */
  readonly problems: readonly (StoreProblem | Problem)[];
  readonly problemCount: number;
  readonly rowsSkipped: number;
  readonly notes: readonly StoreNote[];
  /** What was changed, or would be; null where rows were refused. */
  readonly changes: StoreChanges | null;
};

export const PROBLEMS_KEPT = 10_000;
const BATCH = 1_000;

/** Thrown to roll back; the report is the answer. */
class RolledBack extends Error {}

/** Gathers, by region and as written, what tells one datum from the other. */
function datumWitness() {
  const regions = new Map<string, { centre: Point; count: number; lng: number; lat: number; declared: Datum }>();
  return {
    add(region: Region, written: Point, declared: Datum): void {
      const centre = regionCentre(region);
      if (!centre) return;
      const key = `${region.code} ${declared}`;
      const sum = regions.get(key) ?? { centre, count: 0, lng: 0, lat: 0, declared };
      sum.count += 1;
      sum.lng += written.lng;
      sum.lat += written.lat;
      regions.set(key, sum);
    },
    /** The datum that the rows of a declared one look like, when it is another. */
    doubts(): StoreNote[] {
      return (['wgs84', 'gcj02'] as const).flatMap((declared) => {
        const samples: DatumSample[] = [...regions.values()]
          .filter((one) => one.declared === declared)
          .map(({ centre, count, lng, lat }) => ({
            offset: offsetM(centre, { lng: lng / count, lat: lat / count }),
            shift: offsetM(centre, toGcj02(centre)),
          }));
        const said = detectDatum(samples);
        if (!said || said.datum === declared) return [];
        return [{ line: 1, column: null, code: `looks_like_${said.datum}`, facts: { lean: said.lean.toFixed(2) } }];
      });
    },
  };
}

/**
 * Imports a file of stores of any size in one transaction: all of it or nothing, unless faulty rows are left out. A
 * store is known by its code: the same file again changes nothing, and no import touches stock, whether a store is open,
 * or a date whose hours an operator has set.
 *
 * `open` gives the file's bytes from the start each time it is called. Problems of rows are in the report; broken
 * machines are thrown.
 */
export async function importStores(
  db: Database,
  open: () => Bytes,
  options: StoreImportOptions = {},
): Promise<StoreImportReport> {
  let encoding: Encoding | null = null;
  let records = 0;
  let rowsSkipped = 0;
  let problemCount = 0;
  let coarse = 0;
  let changes: StoreChanges | null = null;
  const problems: (StoreProblem | Problem)[] = [];
  const notes: StoreNote[] = [];
  const codes = new Map<string, number>();
  const places = new Map<string, { code: string; line: number }>();
  const witness = datumWitness();
  const report = (found: readonly (StoreProblem | Problem)[]) => {
    problemCount += found.length;
    for (const one of found) if (problems.length < PROBLEMS_KEPT) problems.push(one);
  };

  const work = async (tx: Queryable): Promise<void> => {
    // One import at a time: two that write the same stores would wait for each other in a circle.
    await tx.query("select pg_advisory_xact_lock(hashtext('festa:import-stores'))");
    encoding = options.encoding ?? (await detectEncoding(open()));
    const warehouses = new Set(
      (await tx.query<{ id: string }>(`select id from location where kind = 'warehouse'`)).map(({ id }) => id),
    );
    let batch: StoreRow[] = [];
    let dated: { storeId: string; date: string; spans: Day }[] = [];
    const sum = { new: 0, updated: 0, unchanged: 0 };
    const flush = async () => {
      if (batch.length === 0) return;
      const done = await writeStores(tx, batch);
      sum.new += done.new;
      sum.updated += done.updated;
      sum.unchanged += done.unchanged;
      if (dated.length > 0) await writeExceptions(tx, dated);
      batch = [];
      dated = [];
    };
    for await (const piece of readStoreRecords(decodeText(open(), encoding), options.datum !== undefined)) {
      for (const record of piece) {
        records++;
        const read = readStore(record, options.datum ?? null);
        if (!('row' in read)) {
          rowsSkipped++;
          report(read);
          continue;
        }
        const { row, exceptions, region, written, isCoarse } = read;
        const { line, columns } = record;
        const column = columns.get('code') ?? 'code';
        const first = codes.get(row.code);
        if (first !== undefined || warehouses.has(row.id)) {
          rowsSkipped++;
          const code = first === undefined ? 'code_of_warehouse' : 'code_repeated';
          report([{ line, column, code, facts: { code: row.code, ...(first === undefined ? {} : { first }) } }]);
          continue;
        }
        codes.set(row.code, line);
        const place = `${row.regionCode} ${row.address.zh}`;
        const twin = places.get(place);
        if (twin) notes.push({ line, column, code: 'same_place', facts: { code: twin.code, first: twin.line } });
        else places.set(place, { code: row.code, line });
        if (isCoarse) coarse++;
        witness.add(region, written, row.datum);
        batch.push(row);
        for (const { date, spans } of exceptions) dated.push({ storeId: row.id, date, spans });
        if (batch.length >= BATCH) await flush();
      }
    }
    await flush();
    if (records === 0) throw new NoStores({ line: 1, column: null, code: 'file_empty', facts: {} });
    notes.push(...witness.doubts());
    if (coarse > 0) notes.push({ line: 1, column: null, code: 'points_coarse', facts: { count: coarse } });
    if (problemCount > 0 && !options.skipsBad) throw new RolledBack();
    changes = sum;
    if (options.isDryRun) throw new RolledBack();
    await tellStores(tx, '*');
    await tx.query('analyze store');
  };

  let outcome: StoreImportReport['outcome'] = 'applied';
  try {
    await db.transaction(work);
  } catch (error) {
    if (error instanceof UnusableFile || error instanceof NoStores) {
      report([error.problem]);
      outcome = 'unusable';
      changes = null;
    } else if (!(error instanceof RolledBack)) throw error;
    else outcome = changes === null ? 'refused' : 'dry';
  }
  notes.sort((a, b) => a.line - b.line);
  return { outcome, encoding, records, problems, problemCount, rowsSkipped, notes, changes };
}
