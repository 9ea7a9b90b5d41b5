'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { TOKEN_SCOPES, type TokenScope } from '../../lib/domain/sharing/studio.ts';
import { studioTokensMessages } from '../../lib/messages/studio-tokens.ts';
import { copied } from '../sharing/copied.ts';
import { StaffChips } from '../staff/staff-chips.tsx';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';

/** Makes a token and shows it, once. */
export function TokenEditor({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const words = useMessages(studioTokensMessages);
  const locale = useLocale();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly TokenScope[]>(['read']);
  const [days, setDays] = useState('90');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [token, setToken] = useState<string | null>(null);
  const count = /^\d{1,3}$/.test(days.trim()) ? Number(days) : 0;
  const wrong = { name: name.trim() === '', scopes: scopes.length === 0, days: count < 1 || count > 365 };

  async function make() {
    setTried(true);
    if (wrong.name || wrong.scopes || wrong.days || isBusy) return;
    setBusy(true);
    const answer = await call('studio.makeToken', { name: name.trim(), scopes: [...scopes], days: count });
    setBusy(false);
    if (!answer.ok) return setRefused(refusedText(answer.refusal, locale));
    setToken(answer.value.token);
    onMade();
  }

  if (token !== null) return <Made token={token} onClose={onClose} />;
  return (
    <StaffPanel
      title={words.makeTitle}
      onClose={onClose}
      foot={
        <>
          <StaffRefused text={refused} />
          <Button wide busy={isBusy} onClick={() => void make()}>
            {words.making}
          </Button>
        </>
      }
    >
      <Field
        id="token-name"
        label={words.name}
        hint={words.nameText}
        error={isTried && wrong.name ? words.nameWrong : null}
      >
        <Input
          id="token-name"
          maxLength={60}
          value={name}
          invalid={isTried && wrong.name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <StaffChips
        legend={words.scopes}
        options={TOKEN_SCOPES.map((scope) => [scope, words[`scope_${scope}`]] as const)}
        chosen={scopes}
        onChoose={(scope) =>
          setScopes(scopes.includes(scope) ? scopes.filter((one) => one !== scope) : [...scopes, scope])
        }
      />
      <StaffRefused text={isTried && wrong.scopes ? words.scopesWrong : null} />
      <div className="mt-4">
        <Field id="token-days" label={words.days} error={isTried && wrong.days ? words.daysWrong : null}>
          <Input
            id="token-days"
            inputMode="numeric"
            maxLength={3}
            value={days}
            invalid={isTried && wrong.days}
            onChange={(event) => setDays(event.target.value)}
          />
        </Field>
      </div>
    </StaffPanel>
  );
}

function Made({ token, onClose }: { token: string; onClose: () => void }) {
  const words = useMessages(studioTokensMessages);
  const [said, setSaid] = useState('');
  return (
    <StaffPanel
      title={words.madeTitle}
      onClose={onClose}
      foot={
        <div className="grid grid-cols-2 gap-3">
          <Button look="quiet" onClick={onClose}>
            {words.stored}
          </Button>
          <Button onClick={async () => setSaid((await copied(token)) ? words.copied : words.notCopied)}>
            {words.copy}
          </Button>
        </div>
      }
    >
      <p className="mb-3 rounded-card bg-gold-soft px-3 py-2 text-14 text-gold">{words.madeText}</p>
      <p data-testid="studio-token" className="rounded-card bg-paper p-3 font-mono text-14 break-all">
        {token}
      </p>
      <p role="status" className="mt-2 text-14 text-ink-2">
        {said}
      </p>
    </StaffPanel>
  );
}
