'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { useSecondsLeft } from '../../lib/client/use-seconds-left.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import type { RiskReason } from '../../lib/domain/risk/rules.ts';
import { riskSheetsMessages } from '../../lib/messages/risk-sheets.ts';
import { Button } from '../ui/button.tsx';
import { CodeField } from '../ui/code-field.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { ReasonList } from './reason-list.tsx';

type ChallengeSheetProps = {
  reasons: readonly RiskReason[];
  onClose: () => void;
  /** The code was right: what was meant goes on. */
  onProven: () => void;
};
type Sent = ValueNamed<'risk.sendCode'> & { readonly resendAt: number };

/** A one-time code to the person's own phone, and why it is asked for. */
export function ChallengeSheet({ reasons, onClose, onProven }: ChallengeSheetProps) {
  const locale = useLocale();
  const words = riskSheetsMessages[locale];
  const [sent, setSent] = useState<Sent | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const resendIn = useSecondsLeft(sent?.resendAt ?? null);

  const send = async () => {
    if (isBusy) return;
    setIsBusy(true);
    setError(null);
    const answer = await call('risk.sendCode', {});
    setIsBusy(false);
    if (!answer.ok) return setError(refusalText(answer.refusal, locale));
    setSent({ ...answer.value, resendAt: Date.now() + answer.value.resendAfterMs });
  };

  const verify = async (code: string) => {
    if (isBusy) return;
    setIsBusy(true);
    setError(null);
    const answer = await call('risk.verifyCode', { code });
    setIsBusy(false);
    if (answer.ok) onProven();
    else setError(refusalText(answer.refusal, locale));
  };

  return (
    <Sheet open onClose={onClose} title={words.challengeTitle}>
      <p className="mb-4 text-14 text-ink-2">{sent === null ? words.challengeText : words.sentTo(sent.phoneMasked)}</p>
      {sent === null ? (
        <>
          {reasons.length > 0 && (
            <section className="mb-4 rounded-card bg-paper p-3">
              <h3 className="mb-2 text-14 font-semibold">{words.why}</h3>
              <ReasonList reasons={reasons} />
            </section>
          )}
          {error !== null && (
            <p role="alert" className="mb-3 text-14 text-on-lacquer-soft">
              {error}
            </p>
          )}
          <Button size="l" wide busy={isBusy} onClick={send}>
            {isBusy ? words.sending : words.send}
          </Button>
        </>
      ) : (
        <div className="flex flex-col gap-4">
          <CodeField
            label={words.code}
            submitLabel={isBusy ? words.verifying : words.verify}
            sandboxCode={sent.sandboxCode}
            error={error}
            isBusy={isBusy}
            onCode={verify}
          />
          <Button look="quiet" wide disabled={isBusy || (resendIn ?? 0) > 0} onClick={send}>
            {resendIn ? words.resendIn(resendIn) : words.resend}
          </Button>
        </div>
      )}
    </Sheet>
  );
}
