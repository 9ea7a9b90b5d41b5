'use client';

import { Suspense, useState } from 'react';
import { useClaiming, useOwnCoupons } from '../../lib/client/offers/own-coupons.ts';
import type { StoreCoupon } from '../../lib/contracts/store-offer.ts';
import { offersMessages } from '../../lib/messages/offers.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { late } from '../ui/late.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { toast } from '../ui/toast.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import { OwnCoupons } from './own-coupons.tsx';
import { PasswordForm } from './password-form.tsx';

const NearOffers = late(() => import('./near-offers.tsx').then((module) => module.NearOffers));
const CodeSheet = late(() => import('./code-sheet.tsx').then((module) => module.CodeSheet));

/** 附近门店优惠: what stores within 500 m give, found on the phone; or by a store's password; and what one holds. */
export function OffersPage() {
  const words = useMessages(offersMessages);
  const [stage, setStage] = useState<'idle' | 'asked' | 'looking'>('idle');
  const [shown, setShown] = useState<string | null>(null);
  const own = useOwnCoupons(shown !== null);
  const claiming = useClaiming();
  const held = own.coupons.find(({ id }) => id === shown);

  const take = (coupon: StoreCoupon | null) => {
    if (coupon === null) return;
    toast(words.got);
    setShown(coupon.id);
  };

  return (
    <>
      <TopBar title={words.title} backTo="/stores" />
      <div className="flex flex-col gap-3 gutter py-3">
        {own.coupons.length > 0 && <OwnCoupons coupons={own.coupons} onShow={setShown} />}
        {stage === 'idle' && <LookCard onLook={() => setStage('asked')} />}
        {stage === 'asked' && <ConsentCard onYes={() => setStage('looking')} onNo={() => setStage('idle')} />}
        {stage === 'looking' && (
          <Suspense>
            <NearOffers
              own={own.coupons}
              isNobody={own.isNobody}
              claiming={claiming}
              onTaken={take}
              onStop={() => setStage('idle')}
            />
          </Suspense>
        )}
        <PasswordForm isNobody={own.isNobody} claiming={claiming} onTaken={take} />
      </div>
      {held && (
        <Suspense>
          <CodeSheet coupon={held} isFresh={own.isFresh} onClose={() => setShown(null)} />
        </Suspense>
      )}
    </>
  );
}

function LookCard({ onLook }: { onLook: () => void }) {
  const words = useMessages(offersMessages);
  return (
    <section className="rounded-card bg-card p-4 shadow-card">
      <h2 className="flex items-center gap-2 text-18 font-semibold">
        <Icon name="place" className="size-5 text-lacquer" />
        {words.lookTitle}
      </h2>
      <p className="mt-1 text-14 text-ink-2">{words.lookText}</p>
      <Button className="mt-3" wide size="l" onClick={onLook}>
        {words.look}
      </Button>
      <p className="mt-2 text-center text-14 text-ink-2">{words.orPassword}</p>
    </section>
  );
}

/** Where somebody is is sensitive: said what for and what becomes of it, and agreed to by itself, before the phone asks. */
function ConsentCard({ onYes, onNo }: { onYes: () => void; onNo: () => void }) {
  const words = useMessages(offersMessages);
  const isChinese = useLocale() === 'zh-CN';
  return (
    <section aria-labelledby="offer-consent" className="rounded-card bg-card p-4 shadow-card">
      <h2 id="offer-consent" className="text-18 font-semibold">
        {words.consentTitle}
      </h2>
      <p className={`mt-2 text-14 ${isChinese ? 'leading-relaxed' : ''}`}>{words.consentText}</p>
      <p className="mt-2 text-14 text-ink-2">{words.consentKept}</p>
      <div className="mt-4 grid grid-cols-[1fr_1.6fr] gap-3">
        <Button look="quiet" size="l" onClick={onNo}>
          {words.consentNo}
        </Button>
        <Button size="l" onClick={onYes}>
          {words.consentYes}
        </Button>
      </div>
    </section>
  );
}
