import pg from 'pg';

/** Runs one statement with `$1` parameters; rows come back typed by the caller's word. */
export type Queryable = {
  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
};

export type Database = Queryable & {
  /** Runs `work` in one READ COMMITTED transaction; a throw rolls everything back and is rethrown. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  readonly pool: pg.Pool;
  readonly url: string;
  close(): Promise<void>;
};

const INT8 = 20;

/** Every int8 of ours (fen, ids of log rows, counters) fits a JS number; a larger one is a fault, not a rounding. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 beyond 2^53: ${text}`);
  return value;
}

const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? parseInt8 : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

function queryableOf(client: pg.Pool | pg.PoolClient): Queryable {
  return {
    async query<Row>(sql: string, params: readonly unknown[] = []) {
      const result = await client.query(sql, params as unknown[]);
      return result.rows as Row[];
    },
  };
}

/** Opens a pool on `url`. Connections that the server closes while idle are dropped quietly and made anew. */
export function openDatabase(url: string, options: { max?: number } = {}): Database {
  const pool = new pg.Pool({ connectionString: url, max: options.max ?? 10, types, application_name: 'festa' });
  // Without a listener an idle connection that the server closes ends the whole process.
  pool.on('error', () => {});
  return {
    ...queryableOf(pool),
    pool,
    url,
    async transaction(work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('begin');
        const result = await work(queryableOf(client));
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch((rollbackError: Error) => {
          broken = rollbackError;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}

/** unique_violation, serialization_failure, deadlock_detected: the same transaction may well succeed now. */
const WORTH_REPEATING = new Set(['23505', '40001', '40P01']);

/** Runs `work` again, once, when it lost a race that a second look settles. */
export async function againIfRaced<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof pg.DatabaseError && WORTH_REPEATING.has(error.code ?? '')) return work();
    throw error;
  }
}
