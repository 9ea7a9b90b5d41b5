import type { Metadata, Viewport } from 'next';
import { appShellMessages } from '../../lib/messages/app-shell.ts';
import { type Locale, pathInLocale } from '../../lib/messages/define.ts';

/** The same for every page: edge to edge under the phone's own bars, paper or its night twin behind them. */
export const shopViewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fff8f3' },
    { media: '(prefers-color-scheme: dark)', color: '#17110f' },
  ],
};

/** What the whole tree of one language says of itself. `origin` is where the shop is published. */
export function shopMetadata(locale: Locale, origin: string): Metadata {
  const words = appShellMessages[locale];
  return {
    metadataBase: new URL(origin),
    title: { default: words.shopName, template: `%s · ${words.shopName}` },
    description: words.shopDescription,
    applicationName: words.shopName,
    manifest: locale === 'zh-CN' ? '/manifest.webmanifest' : '/en/manifest.webmanifest',
    icons: { icon: { url: '/favicon.svg', type: 'image/svg+xml' }, apple: '/icons/apple-touch-icon.png' },
    appleWebApp: { capable: true, title: 'Festa', statusBarStyle: 'default' },
    formatDetection: { telephone: false },
  };
}

type PageMetadata = {
  locale: Locale;
  /** The Chinese address, such as `/p/silk-dress`. */
  path: string;
  title?: string;
  description?: string;
  /** An 800-px picture for link previews. */
  picture?: string;
  /** Where there is none: a drawn card, `${preview}-1200.jpg` and `${preview}-300.jpg`. */
  preview?: string;
  /** Personal pages (orders, addresses) stay out of search engines. */
  isPersonal?: boolean;
};

const cardOf = (preview: string) => [
  { url: `${preview}-1200.jpg`, width: 1_200, height: 630 },
  { url: `${preview}-300.jpg`, width: 300, height: 300 },
];

/** One page in one language, tied to its twin in the other. */
export function pageMetadata({
  locale,
  path,
  title,
  description,
  picture,
  preview,
  isPersonal,
}: PageMetadata): Metadata {
  const words = appShellMessages[locale];
  const address = pathInLocale(path, locale);
  return {
    // An undefined title would take the tree's own away.
    title: title ?? { absolute: words.shopName },
    description: description ?? words.shopDescription,
    alternates: {
      canonical: address,
      languages: { 'zh-CN': path, en: pathInLocale(path, 'en-US'), 'x-default': path },
    },
    openGraph: {
      title: title ?? words.shopName,
      description: description ?? words.shopDescription,
      url: address,
      siteName: words.shopName,
      locale: locale === 'zh-CN' ? 'zh_CN' : 'en_US',
      type: 'website',
      images: picture ? [{ url: picture, width: 800, height: 800 }] : preview ? cardOf(preview) : undefined,
    },
    robots: isPersonal ? { index: false } : undefined,
  };
}
