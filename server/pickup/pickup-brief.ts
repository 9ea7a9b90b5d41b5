const epochMs = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`;

/** The pickup of order `o` as one JSON value, for whoever shows orders. */
export const PICKUP_BRIEF = `
  select jsonb_build_object(
    'store', jsonb_build_object('id', place.id, 'name', place.name, 'address', coalesce(shop.address, place.name),
                                'phone', shop.phone),
    'state', p.state, 'promisedAt', ${epochMs('o.promised_at')}, 'readyAt', ${epochMs('p.ready_at')},
    'fetchBefore', ${epochMs('p.fetch_before')}, 'isExtended', coalesce(p.is_extended, false),
    'handedAt', ${epochMs('p.handed_at')},
    'lines', coalesce((
      select jsonb_agg(jsonb_build_object('lineNumber', x.line_number, 'handed', x.handed,
                                          'isAwaited', x.location_id <> p.store_id) order by x.line_number)
      from pickup_line x where x.order_id = o.id), '[]'))
  from location place left join store shop on shop.id = place.id left join pickup p on p.order_id = o.id
  where place.id = o.store_id`;
