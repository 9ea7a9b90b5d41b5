'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { chooseTheme, rememberedTheme, rememberLocale, type Theme } from '../../lib/client/preferences.ts';
import { useSession } from '../../lib/client/session.ts';
import { identityMessages } from '../../lib/messages/identity.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { chipClass } from '../ui/tag.tsx';

const THEMES = [
  ['system', 'themeSystem'],
  ['light', 'themeLight'],
  ['dark', 'themeDark'],
] as const satisfies readonly [Theme, string][];

/** Language and appearance: kept on this phone, the language also with the account. */
export function Settings() {
  const words = useMessages(identityMessages);
  const locale = useLocale();
  const here = usePathname().replace(/^\/en(?=\/|$)/, '') || '/';
  const other = locale === 'zh-CN' ? 'en-US' : 'zh-CN';
  const [theme, setTheme] = useState<Theme>('system');
  useEffect(() => setTheme(rememberedTheme()), []);

  const leaveForOther = () => {
    rememberLocale(other);
    if (useSession.getState().person !== null) void call('identity.saveProfile', { locale: other });
  };

  return (
    <section aria-label={words.settings} className="flex flex-col gap-4 rounded-card bg-card p-4 shadow-card">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-16">{words.language}</h2>
        <div className="flex gap-2">
          <span className={chipClass(true)} aria-current="true">
            {words.languageName}
          </span>
          <ShopLink href={here} locale={other} lang={other} onClick={leaveForOther} className={chipClass(false)}>
            {words.otherLanguage}
          </ShopLink>
        </div>
      </div>
      <fieldset className="flex flex-wrap items-center justify-between gap-2">
        <legend className="float-left text-16">{words.theme}</legend>
        <div className="flex flex-wrap gap-2">
          {THEMES.map(([value, label]) => (
            <label key={value} className={`${chipClass(theme === value)} has-focus-visible:outline-2`}>
              <input
                type="radio"
                name="theme"
                className="sr-only"
                checked={theme === value}
                onChange={() => {
                  chooseTheme(value);
                  setTheme(value);
                }}
              />
              {words[label]}
            </label>
          ))}
        </div>
      </fieldset>
    </section>
  );
}
