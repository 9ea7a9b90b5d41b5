/*
 * npm run import-stores -- FILE: brings a chain's stores into the shop. docs/stores.md is the guide.
 * Exit codes: 0 all is well, 1 rows were refused, 2 the file or a command-line option cannot be used.
 */
import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Datum } from '../../../lib/domain/store/place.ts';
import { words as catalogueWords } from '../../../lib/messages/import.ts';
import { words } from '../../../lib/messages/import-stores.ts';
import { ConfigError, readConfig } from '../../platform/config.ts';
import { openDatabase } from '../../platform/database.ts';
import { EmbeddedPostgresError } from '../../platform/embedded-postgres-error.ts';
import { migrate } from '../../platform/migrate.ts';
import type { Encoding } from '../../publish/import/bytes.ts';
import { describeIn } from '../../publish/import/problem.ts';
import { borrowDatabase } from '../../start/database.ts';
import { importStores, type StoreImportOptions, type StoreImportReport } from './import-stores.ts';

const USAGE = `npm run import-stores -- FILE [options]

  --dry-run        say what would change, change nothing
  --skip-bad       import the stores without fault, leave out the others
  --datum NAME     wgs84 or gcj02: what the coordinates are, where no column says it
  --encoding NAME  utf-8, utf-16le, utf-16be or gb18030, when it is not found`;

const DATUMS: readonly string[] = ['wgs84', 'gcj02'] satisfies Datum[];
const ENCODINGS: readonly string[] = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030'] satisfies Encoding[];
/** More notes than anybody reads; problems are all printed. */
const NOTES_SHOWN = 50;
const CHUNK_BYTES = 256 * 1024;

class UsageError extends Error {}

function readArguments(argv: readonly string[]): { file: string; options: StoreImportOptions } {
  const parsed = () =>
    parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean' },
        'skip-bad': { type: 'boolean' },
        help: { type: 'boolean' },
        datum: { type: 'string' },
        encoding: { type: 'string' },
      },
    });
  let result: ReturnType<typeof parsed>;
  try {
    result = parsed();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const { values, positionals } = result;
  const [file, ...more] = positionals;
  if (values.help) throw new UsageError('');
  if (file === undefined || more.length > 0) throw new UsageError('Name one file to import.');
  if (values.datum !== undefined && !DATUMS.includes(values.datum))
    throw new UsageError(`Unknown datum: ${values.datum}`);
  if (values.encoding !== undefined && !ENCODINGS.includes(values.encoding)) {
    throw new UsageError(`Unknown encoding: ${values.encoding}`);
  }
  return {
    file,
    options: {
      ...(values.datum === undefined ? {} : { datum: values.datum as Datum }),
      ...(values.encoding === undefined ? {} : { encoding: values.encoding as Encoding }),
      isDryRun: values['dry-run'] === true,
      skipsBad: values['skip-bad'] === true,
    },
  };
}

const zh = { ...catalogueWords['zh-CN'].problems, ...words['zh-CN'].problems, ...words['zh-CN'].notes };
const en = { ...catalogueWords['en-US'].problems, ...words['en-US'].problems, ...words['en-US'].notes };

function print(report: StoreImportReport): void {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  for (const problem of report.problems) say(describeIn(zh, en, problem));
  if (report.problemCount > report.problems.length) say(`… ${report.problemCount - report.problems.length} more`);
  for (const note of report.notes.slice(0, NOTES_SHOWN)) say(`  ${describeIn(zh, en, note)}`);
  if (report.notes.length > NOTES_SHOWN) say(`  … ${report.notes.length - NOTES_SHOWN} more notes`);
  say('');
  if (report.encoding)
    say(`读取 ${report.records} 行（${report.encoding}） / Read ${report.records} rows (${report.encoding})`);
  if (report.problemCount > 0) {
    say(
      `有 ${report.problemCount} 处问题，涉及 ${report.rowsSkipped} 行 / ${report.problemCount} problems in ${report.rowsSkipped} rows`,
    );
  }
  const { changes } = report;
  if (changes) {
    const head =
      report.outcome === 'dry'
        ? '试运行，未改动；将会 / Dry run, nothing was changed; this would be'
        : '已导入 / Imported';
    say(
      `${head}: 门店 stores 新增 new ${changes.new} · 更新 updated ${changes.updated} · 不变 unchanged ${changes.unchanged}`,
    );
  } else if (report.outcome === 'unusable')
    say('文件无法使用，没有任何改动 / The file cannot be used; nothing was changed');
  else
    say(
      '没有任何改动；改好文件后重试，或加 --skip-bad 只导入没有问题的门店 / Nothing was changed; mend the file, or add --skip-bad to import the stores without fault',
    );
}

async function run(): Promise<number> {
  const { file, options } = readArguments(process.argv.slice(2));
  const config = readConfig(process.env, []);
  try {
    await access(file, constants.R_OK);
    if (!(await stat(file)).isFile()) throw new Error('not a file');
  } catch (error) {
    const facts = { reason: (error as Error).message };
    process.stdout.write(`${describeIn(zh, en, { line: 1, column: null, code: 'file_unreadable', facts })}\n`);
    return 2;
  }
  const database = await borrowDatabase(config, (sentence) => process.stderr.write(`${sentence}\n`));
  const db = openDatabase(database.url, { max: 2 });
  let report: StoreImportReport;
  try {
    await migrate(db);
    report = await importStores(db, () => createReadStream(file, { highWaterMark: CHUNK_BYTES }), options);
  } finally {
    await db.close();
    await database.stop();
  }
  print(report);
  if (report.outcome === 'unusable') return 2;
  if (report.outcome === 'applied') {
    process.stdout.write(
      '运行 npm run publish-shop 让页面显示新内容 / Run npm run publish-shop to bring it to the pages\n',
    );
  }
  return report.problemCount > 0 ? 1 : 0;
}

try {
  process.exitCode = await run();
} catch (error) {
  const isUsage = error instanceof UsageError;
  if (!isUsage && !(error instanceof ConfigError) && !(error instanceof EmbeddedPostgresError)) throw error;
  process.stderr.write(`${error.message}${isUsage ? `${error.message ? '\n\n' : ''}${USAGE}` : ''}\n`);
  process.exitCode = isUsage && error.message === '' ? 0 : 2;
}
