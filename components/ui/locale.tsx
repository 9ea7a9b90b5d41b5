'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { Locale } from '../../lib/messages/define.ts';

const LocaleContext = createContext<Locale>('zh-CN');

export function LocaleProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  return <LocaleContext value={locale}>{children}</LocaleContext>;
}

/** The language of the tree that this page belongs to. */
export function useLocale(): Locale {
  return useContext(LocaleContext);
}

/** The words of one room in the language of this page. */
export function useMessages<Words>(messages: Readonly<Record<Locale, Words>>): Words {
  return messages[useLocale()];
}
