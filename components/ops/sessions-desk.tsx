'use client';

import { type ReactNode, useState } from 'react';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsMessages } from '../../lib/messages/ops.ts';
import { opsSessionsMessages } from '../../lib/messages/ops-sessions.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { timeText } from '../staff/staff-words.ts';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { Tag } from '../ui/tag.tsx';
import { toast } from '../ui/toast.tsx';
import { type Draft, draftOf, newDraft, type OpsSession } from './session-draft.ts';
import { SessionEditor } from './session-editor.tsx';

type Editing = { draft: Draft; isNew: boolean };

/** Timed sales: what runs, what is to come, what was; the ones to come may change. */
export function SessionsDesk() {
  const words = useMessages(opsSessionsMessages);
  const common = useMessages(opsMessages);
  const read = useStaffRead('ops.sessions', {});
  const [editing, setEditing] = useState<Editing | null>(null);
  const sessions = read.value?.sessions ?? [];
  const now = read.value?.now ?? 0;

  function copy(session: OpsSession) {
    const { startsAt, endsAt } = newDraft(now, '');
    setEditing({ draft: { ...draftOf(session), id: crypto.randomUUID(), startsAt, endsAt }, isNew: true });
  }

  return (
    <>
      <div className="mb-3 flex items-center gap-3">
        <h1 className="text-22 font-semibold">{common.sessions}</h1>
        <Button
          size="s"
          className="ml-auto"
          disabled={read.value === null}
          onClick={() => setEditing({ draft: newDraft(now, crypto.randomUUID()), isNew: true })}
        >
          {words.newSession}
        </Button>
      </div>
      <StaffState
        read={read}
        isEmpty={sessions.length === 0}
        empty={{ title: words.noSessionsTitle, text: words.noSessionsText }}
      >
        <div className="flex flex-col gap-3">
          {sessions.map((session) => (
            <SessionCard
              key={session.id}
              session={session}
              now={now}
              onEdit={() => setEditing({ draft: draftOf(session), isNew: false })}
              onCopy={() => copy(session)}
            />
          ))}
        </div>
      </StaffState>
      {editing && (
        <SessionEditor
          key={editing.draft.id}
          initial={editing.draft}
          isNew={editing.isNew}
          now={now}
          onClose={() => setEditing(null)}
          onSaved={(saved) => {
            setEditing(null);
            toast(words.saved);
            read.change((value) => ({ ...value, sessions: saved }));
          }}
        />
      )}
    </>
  );
}

type CardProps = { session: OpsSession; now: number; onEdit: () => void; onCopy: () => void };

function SessionCard({ session, now, onEdit, onCopy }: CardProps) {
  const words = useMessages(opsSessionsMessages);
  const common = useMessages(staffMessages);
  const places = useMessages(opsMessages);
  const locale = useLocale();
  const phase = now < session.startsAt ? 'ahead' : now < session.endsAt ? 'running' : 'over';
  return (
    // No landmark: operators may give two sessions one name.
    <article className="overflow-hidden rounded-card bg-card shadow-card" aria-label={inLocale(session.name, locale)}>
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-3 py-2.5">
        <h2 className="text-16 font-semibold">{inLocale(session.name, locale)}</h2>
        <Tag tone={phase === 'running' ? 'act' : phase === 'ahead' ? 'ready' : 'quiet'}>
          {words[`session_${phase}`]}
        </Tag>
        {session.allowsPromotions && <Tag tone="won">{words.allowsPromotions}</Tag>}
        <p className="figures w-full text-14 text-ink-2 desk:w-auto">
          {timeText(session.startsAt, locale)} – {timeText(session.endsAt, locale)} · {common.beijing}
        </p>
        <div className="flex gap-2 desk:ml-auto">
          {phase === 'ahead' && (
            <Button look="quiet" size="s" onClick={onEdit}>
              {words.edit}
            </Button>
          )}
          <Button look="quiet" size="s" onClick={onCopy}>
            {words.copy}
          </Button>
        </div>
      </header>
      <table className="w-full text-14">
        <thead className="hidden border-line border-b text-left text-12 text-ink-2 desk:table-header-group">
          <tr>
            <th scope="col" className="px-3 py-2 font-medium">
              {places.sku}
            </th>
            {[words.price, words.ordinary, words.crossedOut, words.limit, words.tiers, words.acceptedUnits].map(
              (word) => (
                <th key={word} scope="col" className="px-3 py-2 font-medium">
                  {word}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {session.items.map((item) => (
            <SessionRow key={item.skuId} item={item} />
          ))}
        </tbody>
      </table>
    </article>
  );
}

function SessionRow({ item }: { item: OpsSession['items'][number] }) {
  const words = useMessages(opsSessionsMessages);
  const locale = useLocale();
  const cells: [string, ReactNode][] = [
    [words.price, <Price key="price" fen={item.priceFen} className="font-semibold" />],
    [words.ordinary, <Price key="ordinary" fen={item.ordinaryFen} />],
    [
      words.crossedOut,
      item.crossedOutFen === null ? (
        <span key="crossed" className="text-ink-2">
          {words.crossedOutNone}
        </span>
      ) : (
        <Price key="crossed" fen={item.crossedOutFen} struck />
      ),
    ],
    [words.limit, item.limitPerPerson],
    [
      words.tiers,
      item.tiers.length === 0 ? (
        <span key="tiers" className="text-ink-2">
          –
        </span>
      ) : (
        <span key="tiers" className="flex flex-wrap gap-1">
          {item.tiers.map((tier) => (
            <Tag key={tier.upTo} tone="won">
              {words.tier(tier.upTo, yuanText(tier.priceFen))}
            </Tag>
          ))}
        </span>
      ),
    ],
    [words.acceptedUnits, item.accepted.toLocaleString('en-US')],
  ];
  return (
    <tr className="grid grid-cols-3 gap-x-3 gap-y-1.5 px-3 py-2.5 desk:table-row desk:p-0">
      <th scope="row" className="col-span-3 text-left font-normal desk:max-w-[280px] desk:px-3 desk:py-2">
        <p className="font-medium">{inLocale(item.title, locale)}</p>
        <p className="text-12 text-ink-2">{[inLocale(item.choice, locale), item.code].filter(Boolean).join(' · ')}</p>
      </th>
      {cells.map(([word, cell]) => (
        <td key={word} className="figures desk:px-3 desk:py-2">
          <span className="block text-12 text-ink-2 desk:hidden">{word}</span>
          {cell}
        </td>
      ))}
    </tr>
  );
}
