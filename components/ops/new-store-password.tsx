'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { opsOffersMessages } from '../../lib/messages/ops-offers.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { Button } from '../ui/button.tsx';
import { useMessages } from '../ui/locale.tsx';
import { toast } from '../ui/toast.tsx';
import { CampaignRefused, type Refusal } from './law-faults.tsx';

type NewStorePasswordProps = { storeId: string; name: string; onChanged?: () => void };

/** Draws a new password for a store, by which its offers are claimed without a position, and shows it this once. */
export function NewStorePassword({ storeId, name, onChanged }: NewStorePasswordProps) {
  const words = useMessages(opsOffersMessages);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [told, setTold] = useState<string | null>(null);

  async function renew() {
    setBusy(true);
    const answer = await call('ops.newStorePassword', { storeId });
    setBusy(false);
    setRefusal(answer.ok ? null : answer.refusal);
    if (answer.ok) setTold(answer.value.password);
  }
  return (
    <>
      <Button look="quiet" size="s" busy={isBusy} aria-label={words.newPasswordFor(name)} onClick={() => void renew()}>
        {words.newPassword}
      </Button>
      <CampaignRefused refusal={refusal} />
      {told !== null && (
        <StaffPanel
          title={words.passwordTitle}
          onClose={() => {
            setTold(null);
            onChanged?.();
          }}
        >
          <p className="text-16">{words.passwordOf(name)}</p>
          <p className="figures my-3 select-all text-40 font-bold tracking-widest">{told}</p>
          <p className="mb-4 text-14 text-ink-2">{words.passwordText}</p>
          <Button
            look="soft"
            wide
            onClick={() => void navigator.clipboard.writeText(told).then(() => toast(words.copied))}
          >
            {words.copy}
          </Button>
        </StaffPanel>
      )}
    </>
  );
}
