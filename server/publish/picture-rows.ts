import { categoryPictureKey, pictureKey } from '../catalog/picture-key.ts';
import type { Queryable } from '../platform/database.ts';
import { isArt, type PictureRow, type PictureSource, quietPicture, SPARE_ART } from './images.ts';

/** Every picture that the listed catalogue asks for; goods without pictures ask for their category's quiet plate. */
export async function readPictureRows(db: Queryable): Promise<PictureRow[]> {
  const categories = await db.query<{ id: string; art: string | null }>(
    'select id, art from category order by sort, id',
  );
  const products = await db.query<{ handle: string; art: string | null; pictures: PictureSource[] }>(
    `select p.handle, c.art, p.pictures from product p join category c on c.id = p.category_id
      where p.is_listed order by p.category_id, p.sort, p.handle`,
  );
  const rows: PictureRow[] = categories.map(({ id, art }) => {
    const spareArt = art !== null && isArt(art) ? art : SPARE_ART;
    return { key: categoryPictureKey(id), source: quietPicture(id, spareArt), spareArt };
  });
  for (const { handle, art, pictures } of products) {
    const spareArt = art ?? SPARE_ART;
    if (pictures.length === 0) {
      const source = quietPicture(handle, spareArt);
      // One file for all goods on this plate: a merchant may bring 50,000 of them.
      rows.push({ key: pictureKey(handle, 1), name: `quiet-${source.art}-${source.plate}`, source, spareArt });
    }
    pictures.forEach((source, index) => {
      rows.push({ key: pictureKey(handle, index + 1), source, spareArt });
    });
  }
  return rows;
}
