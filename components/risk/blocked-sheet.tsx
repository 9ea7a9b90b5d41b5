'use client';

import type { RiskReason } from '../../lib/domain/risk/rules.ts';
import { riskSheetsMessages } from '../../lib/messages/risk-sheets.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { useMessages } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { ReasonList } from './reason-list.tsx';

type BlockedSheetProps = {
  reasons: readonly RiskReason[];
  mayAppeal: boolean;
  onAppeal: () => void;
  onClose: () => void;
};

/** A reward that was not given: what was seen, that nothing else is affected, and how a person is asked to look at it. */
export function BlockedSheet({ reasons, mayAppeal, onAppeal, onClose }: BlockedSheetProps) {
  const words = useMessages(riskSheetsMessages);
  return (
    <Sheet
      open
      onClose={onClose}
      title={words.blockedTitle}
      foot={
        <div className="grid grid-cols-2 gap-3">
          <Button look="quiet" size="l" onClick={onClose}>
            {words.close}
          </Button>
          {mayAppeal ? (
            <Button size="l" onClick={onAppeal}>
              {words.appeal}
            </Button>
          ) : (
            <ShopLink href="/decisions" className={buttonClass('act', 'l')}>
              {words.seeDecisions}
            </ShopLink>
          )}
        </div>
      }
    >
      <p className="mb-4 text-14 text-ink-2">{words.blockedText}</p>
      <section className="rounded-card bg-paper p-3">
        <h3 className="mb-2 text-14 font-semibold">{words.whyBlocked}</h3>
        {reasons.length > 0 ? (
          <ReasonList reasons={reasons} />
        ) : (
          <p className="text-14 text-ink-2">{words.noReasons}</p>
        )}
      </section>
      {!mayAppeal && <p className="mt-3 text-14 text-ink-2">{words.appealed}</p>}
    </Sheet>
  );
}
