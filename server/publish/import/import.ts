import { randomUUID } from 'node:crypto';
import type { Database, Queryable } from '../../platform/database.ts';
import { type Bytes, decodeText, detectEncoding, type Encoding } from './bytes.ts';
import { type Changes, merge } from './merge.ts';
import type { PictureFolder } from './pictures.ts';
import { type Note, type Problem, problem, UnusableFile } from './problem.ts';
import { type Format, readRecords } from './records.ts';
import { codeProblems, createStage, dropStaged, fragmentStage, stageProducts } from './stage.ts';

export type ImportOptions = {
  readonly format?: Format;
  readonly encoding?: Encoding;
  /** Look, and change nothing. */
  readonly isDryRun?: boolean;
  /** Bring in the products without fault and leave the others out; without it one fault leaves all out. */
  readonly skipsBad?: boolean;
  /** Units for new SKUs whose count the file does not say. */
  readonly defaultUnits?: number;
  readonly pictures?: PictureFolder;
};

export type ImportReport = {
  /** `applied`: the shop was changed. `refused`: rows were refused and nothing was changed. `dry`: as asked. */
  readonly outcome: 'applied' | 'dry' | 'refused' | 'unusable';
  readonly encoding: Encoding | null;
  readonly records: number;
  /** In the order of the file; the first `PROBLEMS_KEPT`. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  readonly notes: readonly Note[];
  /** Products left out because of a fault. */
  readonly productsSkipped: number;
  /** What was changed, or would be; null where rows were refused. */
  readonly changes: Changes | null;
};

export const PROBLEMS_KEPT = 10_000;

/** Thrown to roll back; the report is the answer. */
class RolledBack extends Error {}

/**
 * Imports a catalogue file of any size in one transaction: all of it or nothing.
 *
 * `open` gives the file's bytes from the start each time it is called (the encoding is found first). Records are
 * checked one by one, staged in temporary tables, made into products by handle, and merged set by set; the shop's own
 * tables are touched at the end only. Problems of rows are in the report; broken machines are thrown.
 */
export async function importCatalogue(
  db: Database,
  open: () => Bytes,
  options: ImportOptions = {},
): Promise<ImportReport> {
  let encoding: Encoding | null = null;
  let records = 0;
  let changes: Changes | null = null;
  let problemCount = 0;
  const problems: Problem[] = [];
  const notes: Note[] = [];
  const skipped = new Set<string>();
  const report = (found: readonly Problem[]) => {
    problemCount += found.length;
    for (const one of found) if (problems.length < PROBLEMS_KEPT) problems.push(one);
  };

  const work = async (tx: Queryable): Promise<void> => {
    // One import at a time: two that write the same products would wait for each other in a circle.
    await tx.query("select pg_advisory_xact_lock(hashtext('festa:import'))");
    await createStage(tx);
    encoding = options.encoding ?? (await detectEncoding(open()));
    const stage = fragmentStage(tx);
    for await (const readings of readRecords(decodeText(open(), encoding), options.format)) {
      for (const reading of readings) {
        records++;
        report(reading.problems);
        for (const note of reading.notes) if (notes.length < PROBLEMS_KEPT) notes.push(note);
        if (reading.problems.length > 0 && reading.handle !== null) skipped.add(reading.handle);
        if (reading.fragment) await stage.add(reading.fragment);
      }
    }
    await stage.flush();
    if (records === 0) throw new UnusableFile(1, 'file_empty');
    await stageProducts(
      tx,
      skipped,
      async (product) => (options.pictures ? options.pictures.choose(product, notes) : null),
      report,
    );
    for (const { handle, problem: found } of await codeProblems(tx)) {
      report([found]);
      skipped.add(handle);
    }
    if (problemCount > 0 && !options.skipsBad) throw new RolledBack();
    if (skipped.size > 0) await dropStaged(tx, skipped);
    const merged = await merge(tx, `import:${randomUUID()}`, options.defaultUnits ?? 0);
    changes = merged.changes;
    for (const note of merged.notes) if (notes.length < PROBLEMS_KEPT) notes.push(note);
    if (options.isDryRun) throw new RolledBack();
    // Before the commit: a committed product never names a picture that could not be kept.
    await options.pictures?.keep();
  };

  let outcome: ImportReport['outcome'] = 'applied';
  try {
    await db.transaction(work);
  } catch (error) {
    if (error instanceof UnusableFile) {
      report([error.problem]);
      outcome = 'unusable';
      changes = null;
    } else if (!(error instanceof RolledBack)) throw error;
    else outcome = changes === null ? 'refused' : 'dry';
  }
  problems.sort((a, b) => a.line - b.line);
  notes.sort((a, b) => a.line - b.line);
  return { outcome, encoding, records, problems, problemCount, notes, productsSkipped: skipped.size, changes };
}

/** A file that could not even be opened, as a report. */
export function unreadable(reason: string): ImportReport {
  return {
    outcome: 'unusable',
    encoding: null,
    records: 0,
    problems: [problem(1, null, 'file_unreadable', { reason })],
    problemCount: 1,
    notes: [],
    productsSkipped: 0,
    changes: null,
  };
}
