'use client';

import { useEffect, useState } from 'react';
import { useHome, useHomeNews } from '../../lib/client/counter-home.ts';
import { reconcile, useLease } from '../../lib/client/counter-lease.ts';
import { useOnline } from '../../lib/client/use-online.ts';
import type { Person } from '../../lib/contracts/identity.ts';
import { counterMessages } from '../../lib/messages/counter.ts';
import { counterListsMessages } from '../../lib/messages/counter-lists.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { CounterTabs, type Place } from './counter-tabs.tsx';
import { CouponsToday } from './coupons-today.tsx';
import { DayView } from './day-view.tsx';
import { DevicePanel } from './device-panel.tsx';
import { HandoverRow } from './handover-row.tsx';
import { OfflineBar } from './offline-bar.tsx';
import { OrderList } from './order-list.tsx';
import { PickList, PrepareRow } from './prepare-row.tsx';
import { ReadyRow } from './ready-row.tsx';
import { ScanDesk } from './scan-desk.tsx';
import { SentResults } from './sent-results.tsx';
import { MovedNote, NoStore } from './store-notes.tsx';
import { useCounterApp } from './use-counter-app.ts';
import { useDesk } from './use-desk.ts';
import { useWedge } from './use-wedge.ts';

/** The counter of a clerk who is signed in: his store, the four places, and what lies on the counter now. */
export function CounterDesk({ person, onOtherLanguage }: { person: Person; onOtherLanguage: () => void }) {
  const words = useMessages(counterMessages);
  const lists = useMessages(counterListsMessages);
  const common = useMessages(staffMessages);
  const locale = useLocale();
  const { home } = useHome();
  const isOnline = useOnline();
  const isUnreached = useHome((state) => state.isUnreached);
  const app = useCounterApp();
  const desk = useDesk();
  const [place, setPlace] = useState<Place>('scan');
  const [isDevice, setDevice] = useState(false);
  useHomeNews(person.id);

  useWedge((text) => {
    setPlace('scan');
    setDevice(false);
    void desk.scan(text);
  });

  // The network is back: what was handed over without it is told at once.
  useEffect(() => {
    if (isOnline && !isUnreached && (useLease.getState().kept?.queue.length ?? 0) > 0) void reconcile();
  }, [isOnline, isUnreached]);

  /** Back to the scanner is also away from what it said last; an order that is open stays. */
  function go(to: Place) {
    if (to === 'scan' && ['refused', 'handed', 'noted', 'redeemed'].includes(desk.phase.at)) desk.next();
    setPlace(to);
  }

  const counts = home?.counts;
  const version = JSON.stringify(counts ?? null);
  const store = home?.store ?? null;
  return (
    <>
      <header className="sticky top-0 z-20 border-line border-b bg-card pt-[env(safe-area-inset-top)]">
        <div className="mx-auto flex w-full max-w-[1200px] items-center gap-3 gutter">
          <p className="min-w-0 flex-1 py-2">
            <b className="block truncate text-18">{store ? inLocale(store.name, locale) : words.brand}</b>
            <span className="block truncate text-14 text-ink-2">{home?.clerk.name ?? person.displayName}</span>
          </p>
          {store && <CounterTabs place={place} counts={counts ?? null} onPlace={go} />}
          <button
            type="button"
            aria-label={words.device}
            onClick={() => setDevice(true)}
            className="-mr-2 grid size-12 place-items-center text-ink-2"
          >
            <Icon name="settings" />
          </button>
        </div>
      </header>
      <OfflineBar />
      {app.update && desk.phase.at === 'idle' && (
        <p className="flex items-center gap-3 bg-jade-soft gutter py-2 text-16 text-jade">
          <span className="flex-1">{words.update}</span>
          <Button look="quiet" className="min-h-12" onClick={() => app.update?.take()}>
            {words.updateNow}
          </Button>
        </p>
      )}
      <main
        id="content"
        className="mx-auto w-full max-w-[1200px] flex-1 gutter pt-4 pb-[calc(var(--counter-bar)+24px)]"
      >
        {home === null ? (
          <p role="status" className="py-10 text-center text-16 text-ink-2">
            {isOnline && !isUnreached ? common.loading : words.offlineTitle}
          </p>
        ) : store === null ? (
          <NoStore />
        ) : (
          <>
            <MovedNote clerkId={home.clerk.id} store={store} />
            <div className={place === 'scan' ? undefined : 'hidden'}>
              <ScanDesk desk={desk} isSeen={place === 'scan'} onPreparing={() => setPlace('preparing')} />
            </div>
            {place === 'preparing' && (
              <OrderList
                list="preparing"
                version={version}
                title={lists.preparingTitle}
                empty={{ title: lists.preparingEmpty, text: lists.preparingEmptyText }}
                head={(orders) => <PickList orders={orders} />}
                row={(order, change) => <PrepareRow order={order} change={change} />}
              />
            )}
            {place === 'ready' && (
              <OrderList
                list="ready"
                version={version}
                title={lists.readyTitle}
                empty={{ title: lists.readyEmpty, text: lists.readyEmptyText }}
                head={() => <p className="mb-3 text-16 text-ink-2">{lists.noHandNoCode}</p>}
                row={(order, change) => <ReadyRow order={order} change={change} />}
              />
            )}
            {place === 'today' && (
              <>
                <OrderList
                  list="today"
                  version={version}
                  title={lists.todayTitle}
                  empty={{ title: lists.todayEmpty, text: lists.todayEmptyText }}
                  row={(order, change) => <HandoverRow order={order} change={change} />}
                />
                <CouponsToday version={version} />
                <DayView version={version} />
              </>
            )}
          </>
        )}
      </main>
      {isDevice && <DevicePanel app={app} onOtherLanguage={onOtherLanguage} onClose={() => setDevice(false)} />}
      <SentResults />
    </>
  );
}
