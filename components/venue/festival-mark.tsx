import { cx } from '../ui/cx.ts';

/** The festival's sign: a lantern whose body is a paper-cut 11 · 11. */
export function FestivalMark({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 40 40" className={cx('shrink-0', className)}>
      <path d="M20 2v4" className="stroke-gold-shape" strokeWidth="2" strokeLinecap="round" />
      <rect x="13" y="5.5" width="14" height="3" rx="1.5" className="fill-gold-shape" />
      <rect x="4" y="8" width="32" height="23" rx="11.5" className="fill-lacquer" />
      <g className="stroke-on-lacquer" strokeWidth="2.6" strokeLinecap="round">
        <path d="M11.5 15.5 14 14v11M17.5 15.5 20 14v11" transform="translate(-1.5 0)" />
        <path d="M11.5 15.5 14 14v11M17.5 15.5 20 14v11" transform="translate(9.5 0)" fill="none" />
      </g>
      <rect x="13" y="30.5" width="14" height="3" rx="1.5" className="fill-gold-shape" />
      <path
        d="M16.5 34.5v3M20 34.5v4.5M23.5 34.5v3"
        className="stroke-gold-shape"
        strokeWidth="1.6"
        strokeLinecap="round"
      />
    </svg>
  );
}
