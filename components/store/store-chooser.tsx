'use client';

import type { Wanted } from '../../lib/client/stores/stock.ts';
import type { KnownStore } from '../../lib/domain/store/published.ts';
import { Sheet } from '../ui/sheet.tsx';
import { StoreFinder } from './store-finder.tsx';

type StoreChooserProps = {
  open: boolean;
  title: string;
  /** What is to be fetched; each store says what it has of it. */
  lines: readonly Wanted[];
  onChoose: (store: KnownStore) => void;
  onClose: () => void;
};

/** The stores as a sheet over another page: a tap on one chooses it. */
export function StoreChooser({ open, title, lines, onChoose, onClose }: StoreChooserProps) {
  return (
    <Sheet open={open} onClose={onClose} title={title}>
      <StoreFinder wanted={lines} isForPickup onOpen={onChoose} />
    </Sheet>
  );
}
