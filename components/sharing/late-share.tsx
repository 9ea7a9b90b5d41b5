'use client';

import { type ComponentType, useEffect, useState } from 'react';
import type { ShareButtonProps } from './share-button.tsx';

/** The share button of a page: fetched when the page has loaded, so that nobody waits for it. */
export function LateShare(props: ShareButtonProps) {
  const [Button, setButton] = useState<ComponentType<ShareButtonProps> | null>(null);
  useEffect(() => {
    const load = () => {
      import('./share-button.tsx').then(
        ({ ShareButton }) => setButton(() => ShareButton),
        () => {}, // Without the network there is nothing to share.
      );
    };
    if (document.readyState === 'complete') load();
    else addEventListener('load', load, { once: true });
    return () => removeEventListener('load', load);
  }, []);
  if (Button) return <Button {...props} />;
  // The head of a page must not move when it comes.
  return props.look === 'bar' ? <span className="-mr-2 size-11" /> : null;
}
