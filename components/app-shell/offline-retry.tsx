'use client';

import { useEffect } from 'react';
import { Button } from '../ui/button.tsx';

/** Asks for the page again: by a tap, and by itself when the network is back. */
export function OfflineRetry({ label }: { label: string }) {
  useEffect(() => {
    const again = () => {
      // On /offline itself there is nothing else to load.
      if (!location.pathname.endsWith('/offline')) location.reload();
    };
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, []);
  return <Button onClick={() => location.reload()}>{label}</Button>;
}
