import pg from 'pg';

/** Runs one statement with `$1` parameters; rows come back typed by the caller's word. */
export type Queryable = {
  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
};

/** A transaction whose last statement may take the commit with it. */
export type HotTransaction = Queryable & {
  /**
   * Sends the last statement with the commit right behind it: one round trip less between the lock and its end. Nobody
   * can look at its rows before the commit, so the statement itself must fail where it did not do what it should.
   */
  last<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
};

export type Database = Queryable & {
  /** Runs `work` in one READ COMMITTED transaction; a throw rolls everything back and is rethrown. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /**
   * The same for transactions that run hundreds of times a second with the same few statements: each is parsed and
   * planned once per connection, and planned to look rows up by index whatever the tables' sizes were at that time.
   * Statements must be constant texts: every text stays prepared.
   */
  hotTransaction<T>(work: (tx: HotTransaction) => Promise<T>): Promise<T>;
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

const preparedNames = new Map<string, string>();

function preparedName(sql: string): string {
  let name = preparedNames.get(sql);
  if (name === undefined) {
    name = `festa_${preparedNames.size}`;
    preparedNames.set(sql, name);
  }
  return name;
}

function preparedOn(client: pg.PoolClient): Queryable {
  return {
    async query<Row>(sql: string, params: readonly unknown[] = []) {
      const result = await client.query({ name: preparedName(sql), text: sql, values: params as unknown[] });
      return result.rows as Row[];
    },
  };
}

/**
 * A plan made while a table was small would be kept when it is large (measured: 60 times slower). So a prepared plan is
 * made for any parameters, from indexes only, row by row: batches are hundreds of rows, tables may be millions.
 */
const BEGIN_HOT = `begin; set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off;
  set local enable_hashjoin = off; set local enable_mergejoin = off; set local jit = off`;

/**
 * Limits of a serving process: whoever forgets an open transaction on a stock row stops one batch, not the shop, and
 * a network that swallows packets is noticed.
 */
const SERVING = {
  connectionTimeoutMillis: 5_000,
  lock_timeout: 3_000,
  statement_timeout: 30_000,
  idle_in_transaction_session_timeout: 30_000,
} as const;

/**
 * Opens a pool on `url`. Connections that the server closes are dropped quietly and made anew.
 * `isServing` bounds every wait (`SERVING`); tools that migrate or import take the time they need.
 */
export function openDatabase(url: string, options: { max?: number; isServing?: boolean } = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    types,
    application_name: 'festa',
    keepAlive: true,
    // Statements that do not wait for one another's answers share a round trip; they run in the order of their sending.
    pipeline: true,
    ...(options.isServing ? SERVING : {}),
  });
  // A connection that the server closes, idle or in use, would end the whole process without a listener.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));

  async function transact<T>(
    begin: string,
    queryableOn: (client: pg.PoolClient) => Queryable,
    work: (tx: HotTransaction) => Promise<T>,
  ): Promise<T> {
    const client = await pool.connect();
    let broken: Error | undefined;
    let first: unknown;
    const inner = queryableOn(client);
    let committed: Promise<unknown> | null = null;
    const query = <Row>(sql: string, params?: readonly unknown[]) =>
      inner.query<Row>(sql, params).catch((error: unknown) => {
        first ??= error;
        throw error;
      });
    const tx: HotTransaction = {
      query,
      last<Row>(sql: string, params?: readonly unknown[]) {
        const rows = query<Row>(sql, params);
        committed = client.query('commit');
        // Heard below; a statement that failed has been heard before it.
        committed.catch(() => {});
        return rows;
      },
    };
    try {
      // Not awaited on its own: statements go out one behind the other, and one that fails fails all that follow.
      const [, result] = await Promise.all([client.query(begin), work(tx)]);
      await (committed ?? client.query('commit'));
      return result;
    } catch (error) {
      await client.query('rollback').catch((rollbackError: Error) => {
        broken = rollbackError;
      });
      // Of statements that went out together the last one may be heard first, and knows only that one before it failed.
      throw (error as { code?: unknown } | null)?.code === IN_FAILED_TRANSACTION ? (first ?? error) : error;
    } finally {
      client.release(broken);
    }
  }

  return {
    ...queryableOf(pool),
    pool,
    url,
    transaction: (work) => transact('begin', queryableOf, work),
    hotTransaction: (work) => transact(BEGIN_HOT, preparedOn, work),
    close: () => pool.end(),
  };
}

const IN_FAILED_TRANSACTION = '25P02';

/** unique_violation, serialization_failure, deadlock_detected: the same transaction may well succeed now. */
const WORTH_REPEATING = new Set(['23505', '40001', '40P01']);

const UNAVAILABLE_CODES = /^(08|57P|55P03|57014|53)|^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/;

/** Whether Postgres is away, restarting or too busy: nobody's command is at fault, and a later try may succeed. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && UNAVAILABLE_CODES.test(code)) return true;
  return /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect/.test(
    error.message,
  );
}

/** Runs `work` again when it lost a race that another look settles; at most `timesMax` times in all. */
export async function againIfRaced<T>(work: () => Promise<T>, timesMax = 2): Promise<T> {
  for (let time = 1; ; time += 1) {
    try {
      return await work();
    } catch (error) {
      const isRaced = error instanceof pg.DatabaseError && WORTH_REPEATING.has(error.code ?? '');
      if (!isRaced || time >= timesMax) throw error;
    }
  }
}
