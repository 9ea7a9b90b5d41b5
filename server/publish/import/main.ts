/*
 * npm run import -- FILE: brings a merchant's catalogue into the shop. docs/import.md is the guide.
 * Exit codes: 0 all is well, 1 rows were refused, 2 the file or a command-line option cannot be used.
 */
import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../../platform/config.ts';
import { openDatabase } from '../../platform/database.ts';
import { EmbeddedPostgresError } from '../../platform/embedded-postgres-error.ts';
import { migrate } from '../../platform/migrate.ts';
import { borrowDatabase } from '../../start/database.ts';
import type { Encoding } from './bytes.ts';
import { type ImportOptions, type ImportReport, importCatalogue, unreadable } from './import.ts';
import { openPictureFolder } from './pictures.ts';
import { describe } from './problem.ts';
import type { Format } from './records.ts';

const USAGE = `npm run import -- FILE [options]

  --dry-run          say what would change, change nothing
  --skip-bad         import the products without fault, leave out the others
  --images DIR       take pictures by name from this folder
  --format NAME      shopify, google or festa, when the file does not show it
  --encoding NAME    utf-8, utf-16le, utf-16be or gb18030, when it is not found
  --default-stock N  units for new SKUs whose stock the file does not say (0)
  --publish          publish the shop after the import`;

const FORMATS: readonly string[] = ['shopify', 'google', 'festa'] satisfies Format[];
const ENCODINGS: readonly string[] = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030'] satisfies Encoding[];
/** More notes than anybody reads; problems are all printed. */
const NOTES_SHOWN = 50;
const CHUNK_BYTES = 256 * 1024;

class UsageError extends Error {}

function readArguments(argv: readonly string[]) {
  const parsed = () =>
    parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean' },
        'skip-bad': { type: 'boolean' },
        publish: { type: 'boolean' },
        help: { type: 'boolean' },
        images: { type: 'string' },
        format: { type: 'string' },
        encoding: { type: 'string' },
        'default-stock': { type: 'string' },
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
  if (values.format !== undefined && !FORMATS.includes(values.format))
    throw new UsageError(`Unknown format: ${values.format}`);
  if (values.encoding !== undefined && !ENCODINGS.includes(values.encoding)) {
    throw new UsageError(`Unknown encoding: ${values.encoding}`);
  }
  const stock = values['default-stock'] ?? '0';
  if (!/^\d{1,6}$/.test(stock)) throw new UsageError(`--default-stock is a whole number, not "${stock}"`);
  return {
    file,
    images: values.images,
    publishes: values.publish === true,
    options: {
      format: values.format as Format | undefined,
      encoding: values.encoding as Encoding | undefined,
      isDryRun: values['dry-run'] === true,
      skipsBad: values['skip-bad'] === true,
      defaultUnits: Number(stock),
    } satisfies ImportOptions,
  };
}

function print(report: ImportReport): void {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  for (const problem of report.problems) say(describe(problem));
  if (report.problemCount > report.problems.length) say(`… ${report.problemCount - report.problems.length} more`);
  for (const note of report.notes.slice(0, NOTES_SHOWN)) say(`  ${describe(note)}`);
  if (report.notes.length > NOTES_SHOWN) say(`  … ${report.notes.length - NOTES_SHOWN} more notes`);
  say('');
  if (report.encoding)
    say(`读取 ${report.records} 条记录（${report.encoding}） / Read ${report.records} records (${report.encoding})`);
  if (report.problemCount > 0) {
    say(
      `有 ${report.problemCount} 处问题，涉及 ${report.productsSkipped} 个商品 / ${report.problemCount} problems in ${report.productsSkipped} products`,
    );
  }
  const { changes } = report;
  if (changes) {
    const { products, skus, stock, categories } = changes;
    const head =
      report.outcome === 'dry'
        ? '试运行，未改动；将会 / Dry run, nothing was changed; this would be'
        : '已导入 / Imported';
    say(`${head}:`);
    say(
      `  商品 products  新增 new ${products.new} · 更新 updated ${products.updated} · 不变 unchanged ${products.unchanged}`,
    );
    say(
      `  规格 SKUs      新增 new ${skus.new} · 更新 updated ${skus.updated} · 不变 unchanged ${skus.unchanged} · 下架 unlisted ${skus.unlisted}`,
    );
    say(`  库存 stock     入库 units in ${stock.intakeUnits} · 调整 SKUs adjusted ${stock.adjustedSkus}`);
    say(`  分类 categories 新增 new ${categories.new}`);
  } else if (report.outcome === 'unusable')
    say('文件无法使用，没有任何改动 / The file cannot be used; nothing was changed');
  else
    say(
      '没有任何改动；改好文件后重试，或加 --skip-bad 只导入没有问题的商品 / Nothing was changed; mend the file, or add --skip-bad to import the products without fault',
    );
}

function publish(): Promise<number> {
  const program = join(import.meta.dirname, '..', 'main.ts');
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [program], { stdio: 'inherit' });
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
}

async function run(): Promise<number> {
  const { file, images, publishes, options } = readArguments(process.argv.slice(2));
  const config = readConfig(process.env, []);
  try {
    await access(file, constants.R_OK);
    if (!(await stat(file)).isFile()) throw new Error('not a file');
  } catch (error) {
    print(unreadable((error as Error).message));
    return 2;
  }
  const pictures =
    images === undefined
      ? undefined
      : await openPictureFolder(images, join(config.home, 'images')).catch((error: Error) => {
          throw new UsageError(`--images: ${error.message}`);
        });
  const database = await borrowDatabase(config, (sentence) => process.stderr.write(`${sentence}\n`));
  const db = openDatabase(database.url, { max: 2 });
  let report: ImportReport;
  try {
    await migrate(db);
    report = await importCatalogue(db, () => createReadStream(file, { highWaterMark: CHUNK_BYTES }), {
      ...options,
      pictures,
    });
  } finally {
    await db.close();
    await database.stop();
  }
  print(report);
  if (report.outcome === 'applied' && !publishes) {
    process.stdout.write(
      '运行 npm run publish-shop 让页面显示新内容 / Run npm run publish-shop to bring it to the pages\n',
    );
  }
  if (report.outcome === 'unusable') return 2;
  if (report.outcome === 'applied' && publishes) {
    const code = await publish();
    if (code !== 0) return code;
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
