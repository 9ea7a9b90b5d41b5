'use client';

import { Suspense, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { studioMessages } from '../../lib/messages/studio.ts';
import { studioTokensMessages } from '../../lib/messages/studio-tokens.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { refusedText, timeText } from '../staff/staff-words.ts';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';
import { late } from '../ui/late.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';
import { toast } from '../ui/toast.tsx';
import { useRole } from './use-role.ts';

const TokenEditor = late(() => import('./token-editor.tsx').then((module) => module.TokenEditor));

type Token = ValueNamed<'studio.tokens'>['tokens'][number];

/** Tokens of the API: make one, which is shown once; end one. */
export function TokensDesk() {
  const words = useMessages(studioTokensMessages);
  const common = useMessages(studioMessages);
  const { isMarketer } = useRole();
  const read = useStaffRead('studio.tokens', {});
  const [isMaking, setMaking] = useState(false);
  const [ending, setEnding] = useState<Token | null>(null);
  const tokens = read.value?.tokens ?? [];
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <h1 className="text-22 font-semibold">{words.title}</h1>
        {isMarketer && (
          <Button size="s" className="ml-auto" onClick={() => setMaking(true)}>
            {words.make}
          </Button>
        )}
        <p className="w-full text-14 text-ink-2">
          {isMarketer ? words.text : common.lookOnly}{' '}
          <a href="/api/openapi.json" className="text-lacquer underline underline-offset-4">
            {words.docs}
          </a>
        </p>
      </div>
      <StaffState read={read} isEmpty={tokens.length === 0} empty={{ title: words.emptyTitle, text: words.emptyText }}>
        <ul aria-label={words.list} className="grid gap-3 studio:grid-cols-2">
          {tokens.map((token) => (
            <TokenRow
              key={token.id}
              token={token}
              now={read.value?.now ?? 0}
              onEnd={isMarketer ? () => setEnding(token) : null}
            />
          ))}
        </ul>
      </StaffState>
      <Suspense>{isMaking && <TokenEditor onClose={() => setMaking(false)} onMade={read.reload} />}</Suspense>
      <EndSheet
        token={ending}
        onClose={() => setEnding(null)}
        onEnded={() => {
          setEnding(null);
          toast(words.revoked);
          read.reload();
        }}
      />
    </>
  );
}

function TokenRow({ token, now, onEnd }: { token: Token; now: number; onEnd: (() => void) | null }) {
  const words = useMessages(studioTokensMessages);
  const locale = useLocale();
  const isOver = token.revokedAt !== null || token.expiresAt <= now;
  const state = token.revokedAt !== null ? words.revoked : isOver ? words.expired : words.good;
  return (
    <li className="rounded-card bg-card p-3 shadow-card">
      <div className="flex flex-wrap items-center gap-2">
        <Tag tone={isOver ? 'quiet' : 'ready'}>{state}</Tag>
        <h2 className="min-w-0 flex-1 text-16 font-semibold break-all">{token.name}</h2>
        {onEnd && !isOver && (
          <Button look="quiet" size="s" aria-label={words.revokeOf(token.name)} onClick={onEnd}>
            {words.revoke}
          </Button>
        )}
      </div>
      <p className="mt-1 text-14">{token.scopes.map((scope) => words[`scope_${scope}`]).join(' · ')}</p>
      <p className="mt-1 text-12 text-ink-2">
        {[
          words.start(token.start),
          words.by(token.madeBy),
          words.until(timeText(token.expiresAt, locale)),
          token.lastUsedAt === null ? words.unused : words.used(timeText(token.lastUsedAt, locale)),
        ].join(' · ')}
      </p>
    </li>
  );
}

function EndSheet({ token, onClose, onEnded }: { token: Token | null; onClose: () => void; onEnded: () => void }) {
  const words = useMessages(studioTokensMessages);
  const common = useMessages(staffMessages);
  const locale = useLocale();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  async function end() {
    if (token === null || isBusy) return;
    setBusy(true);
    const answer = await call('studio.revokeToken', { id: token.id });
    setBusy(false);
    setError(answer.ok ? null : refusedText(answer.refusal, locale));
    if (answer.ok) onEnded();
  }
  return (
    <ConfirmSheet
      open={token !== null}
      title={words.revokeTitle}
      text={words.revokeText}
      yes={words.revoke}
      no={common.cancel}
      error={error}
      isBusy={isBusy}
      onYes={() => void end()}
      onClose={onClose}
    />
  );
}
