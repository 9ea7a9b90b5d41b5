/* A page of two cards far apart, a countdown and the age of the numbers: what the shop's pages do with live stock. */
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Countdown } from '../../components/ui/countdown.tsx';
import { LocaleProvider } from '../../components/ui/locale.tsx';
import { clockState, serverNow } from '../../lib/client/clock.ts';
import { onOrderNews } from '../../lib/client/live/order-news.ts';
import { useFreshness, useProductStock, useShelves } from '../../lib/client/live/stock.ts';

const SKUS = [0, 1].map((shelf) => ({ id: `s${shelf}/0`, shelf: `s${shelf}`, slot: 0 }));

function Card({ shelf, available }: { shelf: string; available: number | undefined }) {
  const seen = useShelves([shelf]);
  return (
    <p ref={seen} id={shelf} style={{ marginBottom: 3_000 }}>
      {available ?? 'unknown'}
    </p>
  );
}

function Page({ until }: { until: number }) {
  const stock = useProductStock(SKUS);
  const { kind, asOf } = useFreshness();
  const [ends, setEnds] = useState(0);
  const [moved, setMoved] = useState('');
  useEffect(() => onOrderNews((id) => setMoved((before) => `${before}${id} `)), []);
  return (
    <LocaleProvider locale="en-US">
      <p id="age">
        {kind} {asOf}
      </p>
      <Countdown until={until} label="Starts in" onEnd={() => setEnds((count) => count + 1)} />
      <p id="ends">{ends}</p>
      <p id="moved">{moved}</p>
      {SKUS.map(({ id, shelf }) => (
        <Card key={id} shelf={shelf} available={stock.get(id)?.available} />
      ))}
    </LocaleProvider>
  );
}

Object.assign(window, { serverNow, clockState });
createRoot(document.getElementById('root')!).render(
  <Page until={Number(new URLSearchParams(location.search).get('until'))} />,
);
