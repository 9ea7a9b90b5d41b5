import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PictureRow, quietPicture, renderPictures } from '../../server/publish/images.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'festa-pictures-'));
  await writeFile(
    join(dir, 'kettle.jpg'),
    await sharp({ create: { width: 900, height: 500, channels: 3, background: '#3366AA' } })
      .jpeg()
      .toBuffer(),
  );
  await writeFile(join(dir, 'broken.jpg'), 'this is no picture');
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const rows: PictureRow[] = [
  { key: 'tent-1', source: { art: 'tent', plate: 'jade', scene: 'front' }, spareArt: 'compass' },
  {
    key: 'tent-2',
    source: { art: 'tent', plate: 'sand', scene: 'colours', tints: [{}, { hue: 90 }] },
    spareArt: 'compass',
  },
  { key: 'tent-3', source: { art: 'tent', plate: 'honey', scene: 'pattern' }, spareArt: 'compass' },
  { key: 'kettle-1', source: { file: 'kettle.jpg' }, spareArt: 'basket' },
];

function render(wanted: readonly PictureRow[], out = 'out') {
  const rendered: string[] = [];
  const missing: string[] = [];
  return renderPictures(wanted, {
    outDir: join(dir, out),
    cacheDir: join(dir, 'cache'),
    imagesDir: dir,
    onPicture: (key, isNew) => isNew && rendered.push(key),
    onMissing: (_key, file) => missing.push(file),
  }).then((pictures) => ({ pictures, rendered, missing }));
}

// Drawing is real work: on a busy machine a picture takes a second.
const PATIENT = { timeout: 120_000 };

describe('pictures of a publish', PATIENT, () => {
  test('are there in both formats and three widths, square, under a name that says what is in it', async () => {
    const { pictures, rendered } = await render(rows);
    expect(rendered.sort()).toEqual(rows.map(({ key }) => key).sort());
    for (const { key } of rows) {
      const { path, color } = pictures.get(key) ?? { path: '', color: '' };
      expect(path).toMatch(new RegExp(`^/img/${key}\\.[0-9a-f]{8}$`));
      expect(color).toMatch(/^#[0-9A-F]{6}$/);
      for (const width of [200, 400, 800]) {
        for (const format of ['avif', 'webp']) {
          const meta = await sharp(join(dir, 'out', `${path}-${width}.${format}`)).metadata();
          expect([meta.width, meta.height]).toEqual([width, width]);
        }
      }
    }
  });

  test('are not drawn a second time, wherever they are published to', async () => {
    const first = await render(rows);
    const { pictures, rendered } = await render(rows, 'elsewhere');
    expect(rendered).toEqual([]);
    expect(pictures).toEqual(first.pictures);
    expect(await readdir(join(dir, 'elsewhere', 'img'))).toHaveLength(rows.length * 6);
  });

  test('change their name when they change, so that an old one may be kept for a year', async () => {
    const before = await render(rows.slice(0, 1));
    const other: PictureRow = { key: 'tent-1', source: { art: 'tent', plate: 'lilac' }, spareArt: 'compass' };
    const after = await render([other]);
    expect(after.rendered).toEqual(['tent-1']);
    expect(after.pictures.get('tent-1')?.path).not.toBe(before.pictures.get('tent-1')?.path);
  });
});

describe('goods without pictures', PATIENT, () => {
  test('stand on a quiet plate with their category’s drawing, one file for all on the same plate', async () => {
    const handles = Array.from({ length: 12 }, (_, n) => `imported-${n}`);
    const wanted = handles.map((handle): PictureRow => {
      const source = quietPicture(handle, 'basket');
      return { key: `${handle}-1`, name: `quiet-${source.art}-${source.plate}`, source, spareArt: 'basket' };
    });
    const { pictures, rendered } = await render(wanted, 'quiet');
    expect(pictures.size).toBe(12);
    expect(rendered.length).toBeLessThanOrEqual(6);
    expect(rendered.length).toBeGreaterThan(1);
    expect((await readdir(join(dir, 'quiet', 'img'))).length).toBe(rendered.length * 6);
    expect(quietPicture('imported-1', 'basket')).toEqual(quietPicture('imported-1', 'basket'));
    expect(quietPicture('x', 'no-such-drawing').art).toBe('wrapped-gift');
  });

  test.each([
    ['is not there', 'nowhere.jpg'],
    ['is no picture', 'broken.jpg'],
    ['would lead out of the folder', '../kettle.jpg'],
  ])('have the plate, and a warning, when the file they name %s', async (_why, file) => {
    const { pictures, missing } = await render([{ key: 'lost-1', source: { file }, spareArt: 'basket' }]);
    expect(missing).toEqual([file]);
    expect(pictures.get('lost-1')?.path).toMatch(/^\/img\//);
  });
});
