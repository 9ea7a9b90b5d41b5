'use client';

import { useCallback, useEffect, useState } from 'react';
import { isInstalled, isIos } from '../../lib/client/app-worker.ts';
import {
  agreeToPush,
  canPush,
  isPushBlocked,
  type PushEnd,
  type PushState,
  readPush,
  stopAllPush,
  stopPush,
} from '../../lib/client/push.ts';
import { PUSH_PURPOSES, type PushPurpose } from '../../lib/domain/outreach/purpose.ts';
import { noticesMessages } from '../../lib/messages/notices.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { useMessages } from '../ui/locale.tsx';

const TEXTS = { orders: 'ordersText', rewards: 'rewardsText' } as const;

/** What this device may be told, each purpose by itself; nothing is on before a tap. */
export function NoticeSettings() {
  const words = useMessages(noticesMessages);
  const [state, setState] = useState<PushState | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [said, setSaid] = useState<PushEnd | 'stopped' | null>(null);
  const look = useCallback(() => readPush().then(setState, () => setState(null)), []);
  useEffect(() => {
    if (canPush()) void look();
  }, [look]);

  const run = async (work: () => Promise<PushEnd>, done: 'stopped' | null = null) => {
    if (isBusy) return;
    setIsBusy(true);
    setSaid(null);
    const end = await work();
    await look();
    setSaid(end === 'done' ? done : end);
    setIsBusy(false);
  };
  const choose = (purpose: PushPurpose, isOn: boolean) => {
    const kept = (state?.purposes ?? []).filter((one) => one !== purpose);
    const wanted = isOn ? [...kept, purpose] : kept;
    void run(() => (wanted.length === 0 ? stopPush() : agreeToPush(wanted)));
  };

  if (!canPush() && (!isIos() || isInstalled())) return null;
  return (
    <section aria-labelledby="notices" className="flex flex-col gap-1 rounded-card bg-card p-4 shadow-card">
      <h2 id="notices" className="text-16">
        {words.title}
      </h2>
      {!canPush() ? (
        <p className="text-14 text-ink-2">{words.install}</p>
      ) : isPushBlocked() ? (
        <p className="text-14 text-ink-2">{words.blocked}</p>
      ) : (
        <>
          <p className="text-12 text-ink-2">{words.device}</p>
          {PUSH_PURPOSES.map((purpose) => {
            const isOn = state?.purposes.includes(purpose) ?? false;
            return (
              <button
                key={purpose}
                type="button"
                role="switch"
                aria-checked={isOn}
                aria-disabled={state === null || isBusy}
                onClick={() => state !== null && choose(purpose, !isOn)}
                className="flex min-h-13 w-full items-center gap-3 py-1.5 text-left"
              >
                <span className="min-w-0 flex-1">
                  <span className="block text-16">{words[purpose]}</span>
                  <span className="block text-12 text-ink-2">{words[TEXTS[purpose]]}</span>
                </span>
                <span
                  className={cx('flex h-8 w-13 shrink-0 rounded-full p-1', isOn ? 'justify-end bg-jade' : 'bg-ink-3')}
                >
                  <span className="size-6 rounded-full bg-card shadow-card" />
                </span>
              </button>
            );
          })}
          {(state?.others ?? 0) > 0 && (
            <div className="flex flex-wrap items-center justify-between gap-2">
              <p className="text-14 text-ink-2">{words.others(state?.others ?? 0)}</p>
              <Button look="quiet" size="s" busy={isBusy} onClick={() => void run(stopAllPush, 'stopped')}>
                {words.stopAll}
              </Button>
            </div>
          )}
        </>
      )}
      <p role="status" className="text-14 text-ink-2 empty:hidden">
        {said === null || said === 'done' ? '' : words[said]}
      </p>
    </section>
  );
}
