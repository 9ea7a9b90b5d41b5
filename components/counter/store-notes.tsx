'use client';

import { useEffect, useState } from 'react';
import { rememberStore, type StoreSeen, storeSeen } from '../../lib/client/counter-device.ts';
import { type Home, refreshHome } from '../../lib/client/counter-home.ts';
import { counterMessages } from '../../lib/messages/counter.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';

/** A clerk whom nobody has posted yet. */
export function NoStore() {
  const words = useMessages(counterMessages);
  return (
    <EmptyState
      emblem="lantern"
      title={words.noStoreTitle}
      text={words.noStoreText}
      action={
        <Button className="min-h-12" onClick={() => void refreshHome()}>
          {words.lookAgain}
        </Button>
      }
    />
  );
}

/** Says once, in plain words, that a clerk was moved to another store since he last stood at this device. */
export function MovedNote({ clerkId, store }: { clerkId: string; store: NonNullable<Home['store']> }) {
  const words = useMessages(counterMessages);
  const locale = useLocale();
  const [before, setBefore] = useState<StoreSeen | null>(null);
  const { id, name } = store;
  useEffect(() => {
    const seen = storeSeen();
    if (seen?.clerkId === clerkId && seen.storeId !== id) return setBefore(seen);
    rememberStore({ clerkId, storeId: id, zh: name.zh, en: name.en });
  }, [clerkId, id, name]);
  if (before === null) return null;
  const read = () => {
    rememberStore({ clerkId, storeId: id, zh: name.zh, en: name.en });
    setBefore(null);
  };
  return (
    <section role="alert" className="mb-4 rounded-card bg-gold-soft px-4 py-4 text-gold">
      <h2 className="text-22 font-semibold">{words.movedTitle(inLocale(name, locale))}</h2>
      <p className="mt-1 mb-3 text-16">{words.movedText(inLocale(before, locale))}</p>
      <Button look="quiet" className="min-h-12" onClick={read}>
        {words.understood}
      </Button>
    </section>
  );
}
