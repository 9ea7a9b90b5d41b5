'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { useMe } from '../../lib/client/session.ts';
import { pathInLocale } from '../../lib/messages/define.ts';
import { identityMessages } from '../../lib/messages/identity.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import { LoginForm } from './login-form.tsx';
import { StaffForm } from './staff-form.tsx';

/** `?next=` is where to go, signed in; only a path of this shop is followed. */
function safeNext(next: string | null): string | null {
  return next?.startsWith('/') && !/^\/[/\\]/.test(next) ? next : null;
}

export function LoginPage() {
  const words = useMessages(identityMessages);
  const locale = useLocale();
  const router = useRouter();
  const search = useSearchParams();
  const isStaff = search.has('staff');
  const next = safeNext(search.get('next'));
  const { person } = useMe();
  const target = pathInLocale(next ?? '/me', locale);

  // Already signed in, in another tab or before: there is nothing to do here.
  const isDone = person?.isVerified === true && !isStaff;
  useEffect(() => {
    if (isDone) router.replace(target);
  }, [isDone, target, router]);

  return (
    <>
      <TopBar title={isStaff ? words.staffTitle : words.loginTitle} backTo="/me" />
      <div className="gutter py-6">
        <h2 className="mb-1 text-22 font-semibold">{isStaff ? words.staffTitle : words.loginLead}</h2>
        {isStaff ? (
          <StaffForm onDone={() => location.assign(next ?? '/ops')} />
        ) : (
          <LoginForm onDone={() => router.replace(target)} />
        )}
        <p className="mt-8 text-center">
          <ShopLink
            href={isStaff ? '/login' : '/login?staff=1'}
            replace
            className="inline-flex min-h-11 items-center px-3 text-14 text-ink-2 underline underline-offset-4"
          >
            {isStaff ? words.shopperLink : words.staffLink}
          </ShopLink>
        </p>
      </div>
    </>
  );
}
