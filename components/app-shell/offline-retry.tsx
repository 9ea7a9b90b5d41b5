'use client';

import { useEffect } from 'react';
import { Button } from '../ui/button.tsx';

const FIRST_WAIT_MS = 2_000;
const WAIT_MS_MAX = 30_000;

/** Whether the page that was asked for can be had now; a refusal by the server is an answer too. */
async function isReachable(): Promise<boolean> {
  try {
    await fetch(location.href, { method: 'HEAD', cache: 'no-store' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Asks for the page again: by a tap, and by itself when the network is back.
 *
 * The browser's word is not enough: a phone says "online" before anything can be reached, and says it once. So the
 * address is tried, at longer and longer intervals, and the page is loaded when it answers.
 */
export function OfflineRetry({ label }: { label: string }) {
  useEffect(() => {
    // On /offline itself there is nothing else to load.
    if (location.pathname.endsWith('/offline')) return;
    let timer = 0;
    let waitMs = FIRST_WAIT_MS;
    let isOver = false;
    const look = async () => {
      clearTimeout(timer);
      if (await isReachable()) {
        if (!isOver) location.reload();
        return;
      }
      if (isOver) return;
      timer = window.setTimeout(look, waitMs);
      waitMs = Math.min(waitMs * 2, WAIT_MS_MAX);
    };
    const onOnline = () => {
      waitMs = FIRST_WAIT_MS;
      look();
    };
    addEventListener('online', onOnline);
    timer = window.setTimeout(look, waitMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
      removeEventListener('online', onOnline);
    };
  }, []);
  return <Button onClick={() => location.reload()}>{label}</Button>;
}
