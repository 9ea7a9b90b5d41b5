'use client';

import { useGoods } from '../../lib/client/goods.ts';
import type { StockAround, Wanted } from '../../lib/client/stores/stock.ts';
import type { KnownStore } from '../../lib/domain/store/published.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { storesMessages } from '../../lib/messages/stores.ts';
import { buttonClass } from '../ui/button.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { Tag } from '../ui/tag.tsx';
import { dayWords, openingWords, stockWords } from './store-words.ts';

type StoreSheetProps = {
  store: KnownStore;
  holidays: ReadonlySet<string>;
  stock: StockAround | null;
  wanted: readonly Wanted[];
  now: number;
  onClose: () => void;
};

/** A map that people in China have; it is told the store's place, never the phone's. */
function mapAddress({ name, lng, lat }: KnownStore): string {
  const place = new URLSearchParams({ position: `${lng},${lat}`, name: name.zh, coordinate: 'wgs84', callnative: '1' });
  return `https://uri.amap.com/marker?${place}`;
}

/** One store: hours of the week, services, what it has of the cart, the way there. */
export function StoreSheet({ store, holidays, stock, wanted, now, onClose }: StoreSheetProps) {
  const locale = useLocale();
  const words = storesMessages[locale];
  const { text, isOpen } = openingWords(store, holidays, stock?.stateOf(store.id) ?? null, now, locale);
  const weekdays = words.weekdays.split(' ');
  return (
    <Sheet
      open
      onClose={onClose}
      title={inLocale(store.name, locale)}
      foot={
        <div className="flex gap-3">
          {store.phone !== null && (
            <a href={`tel:${store.phone.replace(/[^\d+]/g, '')}`} className={`${buttonClass('quiet', 'l')} flex-1`}>
              {words.call}
            </a>
          )}
          <a
            href={mapAddress(store)}
            target="_blank"
            rel="noopener noreferrer"
            className={`${buttonClass('act', 'l')} flex-1`}
          >
            {words.navigate}
          </a>
        </div>
      }
    >
      <p className={`text-16 font-semibold ${isOpen ? 'text-jade' : 'text-ink-2'}`}>{text}</p>
      <p className="mt-1 text-14">{inLocale(store.address, locale)}</p>
      {wanted.length > 0 && <CartLines storeId={store.id} stock={stock} wanted={wanted} />}
      {store.hours && (
        <section className="mt-4">
          <h3 className="text-14 font-semibold">{words.hours}</h3>
          <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-14 text-ink-2 tabular-nums">
            {store.hours.weekly.map((day, at) => (
              <div key={weekdays[at]} className="contents">
                <dt>{weekdays[at]}</dt>
                <dd>{dayWords(day, locale)}</dd>
              </div>
            ))}
            {store.hours.holiday && (
              <div className="contents">
                <dt>{words.holidayHours}</dt>
                <dd>{dayWords(store.hours.holiday, locale)}</dd>
              </div>
            )}
            {store.exceptions.map(({ date, spans, note }) => (
              <div key={date} className="contents">
                <dt>{date}</dt>
                <dd>
                  {dayWords(spans, locale)}
                  {note && ` · ${inLocale(note, locale)}`}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <section className="mt-4">
        <h3 className="text-14 font-semibold">{words.services}</h3>
        <p className="mt-1 flex flex-wrap gap-1.5">
          {store.services.map((service) => (
            <Tag key={service}>{words[`service_${service}`]}</Tag>
          ))}
        </p>
      </section>
    </Sheet>
  );
}

type CartLinesProps = { storeId: string; stock: StockAround | null; wanted: readonly Wanted[] };

/** What this store has of each line of the cart. */
function CartLines({ storeId, stock, wanted }: CartLinesProps) {
  const locale = useLocale();
  const words = storesMessages[locale];
  const { bySku } = useGoods(wanted.map(({ skuId }) => skuId));
  return (
    <section className="mt-4">
      <h3 className="text-14 font-semibold">{words.inCart}</h3>
      <ul className="mt-1 divide-y divide-line">
        {wanted.map((line) => {
          const good = bySku[line.skuId];
          const { text, tone } = stockWords(stock?.at(storeId, line) ?? null, locale);
          return (
            <li key={line.skuId} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
              <span className="min-w-0 flex-1 text-14">
                {good ? `${inLocale(good.title, locale)} ${inLocale(good.choice, locale)}` : line.skuId} ×{' '}
                {line.quantity}
              </span>
              <Tag tone={tone}>{text}</Tag>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
