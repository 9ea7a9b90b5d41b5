'use client';

import { useRef, useState } from 'react';
import { productMessages } from '../../lib/messages/product.ts';
import { useMessages } from '../ui/locale.tsx';
import { Picture } from '../ui/picture.tsx';
import type { ProductData } from './product-data.ts';

/** Pictures from edge to edge, one a screen, moved by the finger or by the arrow keys. */
export function Gallery({ pictures, title }: { pictures: ProductData['pictures']; title: string }) {
  const words = useMessages(productMessages);
  const list = useRef<HTMLUListElement>(null);
  const [index, setIndex] = useState(0);
  if (pictures.length === 0) return <Picture path={null} alt={title} sizes="100vw" />;
  return (
    <div className="relative">
      <ul
        ref={list}
        aria-label={words.gallery}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        onScroll={(event) => setIndex(Math.round(event.currentTarget.scrollLeft / event.currentTarget.clientWidth))}
        className="flex snap-x snap-mandatory overflow-x-auto overscroll-x-contain focus-visible:-outline-offset-2 [scrollbar-width:none]"
      >
        {pictures.map(({ path, color, alt }, at) => (
          <li key={path} className="w-full shrink-0 snap-center">
            <Picture path={path} color={color} alt={alt} sizes="(min-width: 520px) 520px, 100vw" eager={at === 0} />
          </li>
        ))}
      </ul>
      {pictures.length > 1 && (
        <span className="figures absolute right-3 bottom-3 rounded-full bg-scrim px-2.5 py-1 text-12 text-white">
          <span aria-hidden="true">
            {index + 1} / {pictures.length}
          </span>
          <span className="sr-only">{words.pictureOf(index + 1, pictures.length)}</span>
        </span>
      )}
    </div>
  );
}
