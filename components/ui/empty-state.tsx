import type { ReactNode } from 'react';

type EmptyStateProps = {
  /** One emblem of the festival's set. */
  emblem: 'lantern' | 'cart' | 'search' | 'parcel' | 'cloud';
  title: string;
  text?: string;
  /** The one way on. */
  action?: ReactNode;
};

const emblems: Record<EmptyStateProps['emblem'], ReactNode> = {
  lantern: <path d="M60 22v8M44 30h32M44 78h32M60 78v14M54 92v10M66 92v10M60 92v12" />,
  cart: <path d="M26 34h10l9 40h34l8-28H40M50 88h.1M76 88h.1" />,
  search: <path d="M54 76a22 22 0 1 0 0-44 22 22 0 0 0 0 44zM70 70l18 18" />,
  parcel: <path d="M60 28l30 15v32L60 92 30 75V43zM30 43l30 16 30-16M60 59v33" />,
  cloud: <path d="M40 80h42a16 16 0 0 0 2-32 24 24 0 0 0-46-4 18 18 0 0 0 2 36zM48 62h.1M72 62h.1M54 72q6-5 12 0" />,
};

/** Nothing here yet, or not any more: a picture, a sentence, one way on. */
export function EmptyState({ emblem, title, text, action }: EmptyStateProps) {
  return (
    <section className="flex flex-col items-center gutter py-12 text-center">
      <svg aria-hidden="true" viewBox="0 0 120 120" className="size-32 text-lacquer">
        <circle cx="60" cy="60" r="56" className="fill-lacquer-soft" />
        <circle
          cx="60"
          cy="60"
          r="48"
          fill="none"
          className="stroke-gold-shape"
          strokeWidth="1.5"
          strokeDasharray="2 7"
          strokeLinecap="round"
        />
        {emblem === 'lantern' && <ellipse cx="60" cy="54" rx="28" ry="24" className="fill-lacquer" />}
        <g fill="none" stroke="currentColor" strokeWidth="4" strokeLinecap="round" strokeLinejoin="round">
          {emblems[emblem]}
        </g>
      </svg>
      <h2 className="mt-4 text-18 font-semibold">{title}</h2>
      {text && <p className="mt-1 max-w-72 text-14 text-ink-2">{text}</p>}
      {action && <div className="mt-5">{action}</div>}
    </section>
  );
}
