import { cx } from './cx.ts';

/** A box that has its final size and no content yet; `className` gives the size. Hidden from screen readers. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden="true" className={cx('skeleton block rounded-chip', className)} />;
}
