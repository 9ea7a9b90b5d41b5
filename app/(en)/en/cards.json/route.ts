import { cardRow } from '../../../../lib/domain/catalog/card-row.ts';
import { catalogue } from '../../../catalogue.ts';

export const dynamic = 'force-static';

/** A file of the export: every card of the shop, for search and for categories that are looked through to the end. */
export function GET(): Response {
  return Response.json(catalogue().products.map((product) => cardRow(product, 'en')));
}
