'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type AnchorHTMLAttributes, useEffect, useRef } from 'react';
import { rememberLocale } from '../../lib/client/preferences.ts';
import { type Locale, pathInLocale } from '../../lib/messages/define.ts';
import { useLocale } from './locale.tsx';

const RESTING_MS = 300;

type ShopLinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & {
  /** The Chinese address, such as `/cart`; the language is put before it here. */
  href: string;
  /** Only to lead into the other language, which the phone then remembers. */
  locale?: Locale;
  /** Fetch the page when the link has rested in view for 300 ms, too: for the one or two links most likely taken next. */
  eager?: boolean;
  replace?: boolean;
};

/**
 * A link inside the shop that fetches its page on intent (the finger goes down), not because it is on the screen: a grid
 * of 24 would ask for 32 files.
 */
export function ShopLink({ href, locale, eager, onClick, ...rest }: ShopLinkProps) {
  const own = useLocale();
  const router = useRouter();
  const anchor = useRef<HTMLAnchorElement>(null);
  const address = pathInLocale(href, locale ?? own);
  // The two languages are two documents: the browser itself goes from one to the other.
  const leaves = locale !== undefined && locale !== own;

  useEffect(() => {
    const element = anchor.current;
    if (!eager || leaves || !element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver(([entry]) => {
      clearTimeout(timer);
      if (entry?.isIntersecting) {
        timer = setTimeout(() => {
          observer.disconnect();
          router.prefetch(address);
        }, RESTING_MS);
      }
    });
    observer.observe(element);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [eager, leaves, address, router]);

  if (leaves) return <a {...rest} href={address} hrefLang={locale} onClick={() => rememberLocale(locale)} />;
  return (
    <Link
      {...rest}
      ref={anchor}
      href={address}
      prefetch={false}
      onPointerDown={() => router.prefetch(address)}
      onClick={(event) => {
        onClick?.(event);
        // On a slow line its page takes a while: what was tapped says so, until it is gone with this page.
        const { href: to, dataset } = event.currentTarget;
        if (to !== location.href) dataset.going = '';
      }}
    />
  );
}
