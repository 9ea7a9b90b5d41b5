import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../support/postgres.ts';

const PROGRAM = join(import.meta.dirname, '../../server/publish/import/main.ts');
const MAX_RSS =
  "data:text/javascript,process.on('exit',()=>process.stderr.write('maxRSS='+process.resourceUsage().maxRSS))";

let fixture: Awaited<ReturnType<typeof testDatabase>>;
let folder: string;
beforeEach(async () => {
  fixture = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'festa-import-command-'));
});
afterEach(async () => {
  await fixture.drop();
  await rm(folder, { recursive: true, force: true });
});

async function run(...args: string[]) {
  const child = spawn(process.execPath, ['--import', MAX_RSS, PROGRAM, ...args], {
    env: { PATH: process.env.PATH, NODE_ENV: 'test', DATABASE_URL: fixture.url, FESTA_HOME: join(folder, 'home') },
  });
  let out = '';
  let errors = '';
  child.stdout.on('data', (piece) => {
    out += piece;
  });
  child.stderr.on('data', (piece) => {
    errors += piece;
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, errors, residentKb: Number(/maxRSS=(\d+)/.exec(errors)?.[1]) };
}

const save = async (name: string, content: string) => {
  await writeFile(join(folder, name), content);
  return join(folder, name);
};
const counts = async () =>
  (
    await fixture.db.query<{ products: number; skus: number }>(
      'select (select count(*) from product) as products, (select count(*) from sku) as skus',
    )
  )[0];

const HEADER = 'Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price,Image Src\n';

test('npm run import says by its exit code whether all went well, rows were refused or the file is of no use', async () => {
  const good = await save('good.csv', `${HEADER}a,A,A1,3,10,\n`);
  const bad = await save('bad.csv', `${HEADER}a,A,A1,3,12.345,\nb,B,B1,3,10,\n`);
  const open = await save('open.csv', `${HEADER}a,"A,A1,3,10,\n`);

  const dry = await run(good, '--dry-run');
  expect([dry.code, await counts()]).toEqual([0, { products: 0, skus: 0 }]);
  expect(dry.out).toContain('Dry run, nothing was changed');

  const refused = await run(bad);
  expect([refused.code, await counts()]).toEqual([1, { products: 0, skus: 0 }]);
  expect(refused.out).toMatch(/line 2 · Variant Price · price_precision · .*“12\.345”.*"12\.345"/);

  expect([(await run(bad, '--skip-bad')).code, await counts()]).toEqual([1, { products: 1, skus: 1 }]);
  expect((await run(good)).code).toBe(0);
  expect(await counts()).toEqual({ products: 2, skus: 2 });

  const unusable = await run(open, '--skip-bad');
  expect([unusable.code, unusable.out.includes('line 2 · quote_unterminated')]).toEqual([2, true]);
  expect((await run(join(folder, 'none.csv'))).code).toBe(2);
  expect((await run(good, '--fromat', 'google')).code).toBe(2);
  expect((await run()).errors).toContain('npm run import -- FILE');
}, 60_000);

test('pictures are taken by name from the folder that is given, and from nowhere else', async () => {
  const images = join(folder, 'photos');
  await sharp({ create: { width: 40, height: 40, channels: 3, background: '#c00' } })
    .jpeg()
    .toFile(join(folder, 'secret.jpg'));
  await save('notes.txt', 'no picture');
  await mkdir(images);
  await copyFile(join(folder, 'secret.jpg'), join(images, 'Red.JPG'));
  await copyFile(join(folder, 'notes.txt'), join(images, 'fake.png'));
  await symlink(join(folder, 'secret.jpg'), join(images, 'link.jpg'));
  const rows = [
    'a,A,A1,3,10,https://cdn.example/x/red.jpg?v=2',
    'a,,,,,../secret.jpg',
    'a,,,,,link.jpg',
    'a,,,,,fake.png',
  ];
  const { code, out } = await run(await save('pictures.csv', `${HEADER}${rows.join('\n')}\n`), '--images', images);
  expect(code).toBe(0);
  const [product] = await fixture.db.query<{ pictures: { file: string }[] }>('select pictures from product');
  expect(product?.pictures).toEqual([{ file: expect.stringMatching(/^[0-9a-f]{24}\.jpg$/) }]);
  expect(await readdir(join(folder, 'home', 'images'))).toEqual([product?.pictures[0]?.file]);
  expect(out.match(/picture_missing/g)).toHaveLength(2);
  expect(out.match(/picture_unusable/g)).toHaveLength(1);
});

test('50,000 variants are imported within 512 MiB resident', async () => {
  const file = join(folder, 'big.csv');
  const out = createWriteStream(file);
  out.write(
    'Handle,Title,Body (HTML),Type,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Status\n',
  );
  const body = `<p>${'这是一段商品描述，讲述材质、产地与用法。'.repeat(40)}</p>`;
  for (let product = 0; product < 12_500; product++) {
    let rows = `product-${product},商品 ${product},"${body}",服饰,颜色,红,S${product}-0,5,${product + 1}.50,active\n`;
    for (const [index, colour] of ['蓝', '绿', '白'].entries()) {
      rows += `product-${product},,,,,${colour},S${product}-${index + 1},5,${product + 1}.50,\n`;
    }
    if (!out.write(rows)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  const { code, residentKb } = await run(file);
  expect([code, await counts()]).toEqual([0, { products: 12_500, skus: 50_000 }]);
  expect(residentKb).toBeLessThan(512 * 1024);
}, 180_000);
