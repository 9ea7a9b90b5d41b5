/** What kept our own Postgres from starting; each code has one remedy, told in the message. */
export type EmbeddedPostgresFault =
  | 'port_in_use'
  | 'disk_full'
  | 'in_use'
  | 'wrong_owner'
  | 'not_reachable'
  | 'no_binaries'
  | 'other_version'
  | 'did_not_start';

/** A fault with a sentence for the person at the terminal: what is wrong and what to do about it. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
  readonly code: EmbeddedPostgresFault;

  constructor(code: EmbeddedPostgresFault, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/** Turns what Postgres or initdb printed into a sentence. `dir` is the cluster's folder, `port` the one asked for. */
export function explainPostgresOutput(output: string, dir: string, port: number): EmbeddedPostgresError {
  if (/No space left on device|Disk quota exceeded/.test(output)) {
    return new EmbeddedPostgresError(
      'disk_full',
      `The disk that holds ${dir} is full. Free some space (a new database needs about 100 MB), then start again; nothing was lost.`,
    );
  }
  if (/Address already in use/.test(output)) {
    return new EmbeddedPostgresError(
      'port_in_use',
      `Port ${port} of 127.0.0.1 is taken by another program, so the database cannot listen there. Stop that program or choose another database port.`,
    );
  }
  if (/Permission denied/.test(output)) {
    return new EmbeddedPostgresError(
      'not_reachable',
      `The database may not read or write ${dir}. Give the folder to the user who starts Festa, or set FESTA_HOME to a folder of theirs.`,
    );
  }
  if (/initialized by PostgreSQL version|incompatible with server/.test(output)) {
    return new EmbeddedPostgresError(
      'other_version',
      `${dir} was written by another version of PostgreSQL. Start with --fresh for a new database, or with the Festa that wrote it.`,
    );
  }
  const said = output.trim().split('\n').slice(-6).join('\n  ');
  return new EmbeddedPostgresError(
    'did_not_start',
    `The database in ${dir} did not start. It said:\n  ${said || '(nothing)'}`,
  );
}
