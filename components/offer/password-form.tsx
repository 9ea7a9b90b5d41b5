'use client';

import { type FormEvent, useState } from 'react';
import type { useClaiming } from '../../lib/client/offers/own-coupons.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import type { StoreCoupon } from '../../lib/contracts/store-offer.ts';
import { readPassword, spokenPassword } from '../../lib/domain/store/password.ts';
import { offersMessages } from '../../lib/messages/offers.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

const ABOUT = 'password';

type PasswordFormProps = {
  isNobody: boolean;
  claiming: ReturnType<typeof useClaiming>;
  onTaken: (coupon: StoreCoupon | null) => void;
};

/** The way that needs no location: the store's own password, from its poster or its clerk. */
export function PasswordForm({ isNobody, claiming, onTaken }: PasswordFormProps) {
  const words = useMessages(offersMessages);
  const locale = useLocale();
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  const refusal = claiming.refused?.about === ABOUT ? claiming.refused.refusal : null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    const letters = readPassword(text);
    setWrong(letters === null);
    if (letters === null || claiming.busy !== null) return;
    const coupon = await claiming.claim(ABOUT, { by: 'password', password: spokenPassword(letters) });
    if (coupon) setText('');
    onTaken(coupon);
  }

  return (
    <section className="rounded-card bg-card p-4 shadow-card">
      <h2 className="text-16 font-semibold">{words.passwordTitle}</h2>
      <p className="mt-0.5 text-14 text-ink-2">{words.passwordText}</p>
      {isNobody ? (
        <>
          <p className="mt-3 text-14">{words.signedOut}</p>
          <ShopLink href="/login?next=%2Foffers" className={`${buttonClass('soft', 'm', true)} mt-3`}>
            {words.login}
          </ShopLink>
        </>
      ) : (
        <form onSubmit={submit} noValidate className="mt-3 flex flex-col gap-3">
          <Field id="store-password" label={words.passwordLabel} error={isWrong ? words.passwordWrong : null}>
            <Input
              id="store-password"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              maxLength={20}
              placeholder="ABCD-2345"
              value={text}
              invalid={isWrong}
              onChange={(event) => setText(event.target.value)}
            />
          </Field>
          {refusal && (
            <p role="alert" className="rounded-card bg-lacquer-soft px-3 py-2 text-14 text-on-lacquer-soft">
              {refusalText(refusal, locale)}
            </p>
          )}
          <Button type="submit" look="soft" wide busy={claiming.busy === ABOUT}>
            {claiming.busy === ABOUT ? words.claiming : words.passwordSend}
          </Button>
        </form>
      )}
    </section>
  );
}
