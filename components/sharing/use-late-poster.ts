'use client';

import { type ComponentType, useCallback, useEffect, useState } from 'react';
import type { PosterSheetProps } from './poster-sheet.tsx';

const load = () => import('./poster-sheet.tsx').then((module) => module.PosterSheet);

/**
 * What draws posters: fetched once the sheet that offers them is there, so that a phone which then loses its network
 * still draws. `open` answers false when it could not be fetched.
 */
export function useLatePoster(isNear: boolean) {
  const [Poster, setPoster] = useState<ComponentType<PosterSheetProps> | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    if (!isNear) return;
    load().then(
      (sheet) => setPoster(() => sheet),
      () => {}, // Without the network the tap asks again.
    );
  }, [isNear]);
  const open = useCallback(async (): Promise<boolean> => {
    try {
      const sheet = await load();
      setPoster(() => sheet);
      setIsOpen(true);
      return true;
    } catch {
      return false;
    }
  }, []);
  return { Poster, isOpen, open, close: useCallback(() => setIsOpen(false), []) };
}
