'use client';

import { Suspense, useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { call } from '../../lib/client/api.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { studioMessages } from '../../lib/messages/studio.ts';
import { studioLinksMessages } from '../../lib/messages/studio-links.ts';
import { StaffRefused, StaffState } from '../staff/staff-state.tsx';
import { refusedText, timeText } from '../staff/staff-words.ts';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';
import { late } from '../ui/late.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { chipClass, Tag } from '../ui/tag.tsx';
import { toast } from '../ui/toast.tsx';
import type { Category } from './campaign-page.tsx';
import type { StudioCampaign } from './campaigns-desk.tsx';
import { DataTable } from './data-table.tsx';
import { countText, moneyText } from './figure-words.ts';
import { useRole } from './use-role.ts';

const LinkEditor = late(() => import('./link-editor.tsx').then((module) => module.LinkEditor));
const LinkPanel = late(() => import('./link-made.tsx').then((module) => module.LinkPanel));
const BulkPanel = late(() => import('./bulk-panel.tsx').then((module) => module.BulkPanel));

export type StudioLink = ValueNamed<'studio.links'>['links'][number];
type Open = { what: 'make' | 'bulk' } | { what: 'show' | 'stop'; link: StudioLink };
type Props = { campaign: StudioCampaign; categories: readonly Category[] };

const stateOf = ({ stoppedAt, expiresAt }: StudioLink) =>
  stoppedAt !== null ? 'stopped' : expiresAt !== null && expiresAt <= serverNow() ? 'expired' : 'open';
const TONES = { open: 'ready', expired: 'quiet', stopped: 'act' } as const;

/** The links of a campaign: make one, make many, show one's code, stop one. */
export function LinksView({ campaign, categories }: Props) {
  const words = useMessages(studioLinksMessages);
  const { isMarketer } = useRole();
  const [whose, setWhose] = useState<'own' | 'all'>('own');
  const read = useStaffRead('studio.links', { campaignId: campaign.id, whose });
  const [open, setOpen] = useState<Open | null>(null);
  const links = read.value?.links ?? [];
  const close = () => setOpen(null);
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <fieldset className="flex gap-2">
          <legend className="sr-only">{words.whose}</legend>
          {(['own', 'all'] as const).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={whose === one}
              onClick={() => setWhose(one)}
              className={chipClass(whose === one)}
            >
              {words[one]}
            </button>
          ))}
        </fieldset>
        {isMarketer && (
          <div className="ml-auto flex gap-2">
            <Button look="quiet" size="s" onClick={() => setOpen({ what: 'bulk' })}>
              {words.bulk}
            </Button>
            <Button size="s" onClick={() => setOpen({ what: 'make' })}>
              {words.make}
            </Button>
          </div>
        )}
      </div>
      <StaffState read={read} isEmpty={links.length === 0} empty={{ title: words.emptyTitle, text: words.emptyText }}>
        <LinkTable links={links} isWhole={whose === 'all'} mayStop={isMarketer} onOpen={setOpen} />
        {read.value?.next && (
          <More
            campaignId={campaign.id}
            whose={whose}
            after={read.value.next}
            onMore={(more) => read.change((before) => ({ links: [...before.links, ...more.links], next: more.next }))}
          />
        )}
      </StaffState>
      <Suspense>
        {open?.what === 'make' && (
          <LinkEditor campaignId={campaign.id} categories={categories} onClose={close} onMade={read.reload} />
        )}
        {open?.what === 'bulk' && <BulkPanel campaignId={campaign.id} onClose={close} onMade={read.reload} />}
        {open?.what === 'show' && <LinkPanel url={open.link.url} onClose={close} />}
      </Suspense>
      <StopSheet
        link={open?.what === 'stop' ? open.link : null}
        onClose={close}
        onStopped={() => {
          close();
          toast(words.stopped);
          read.reload();
        }}
      />
    </>
  );
}

type LinkTableProps = {
  links: readonly StudioLink[];
  isWhole: boolean;
  mayStop: boolean;
  onOpen: (open: Open) => void;
};

function LinkTable({ links, isWhole, mayStop, onOpen }: LinkTableProps) {
  const words = useMessages(studioLinksMessages);
  const common = useMessages(studioMessages);
  const locale = useLocale();
  const tagsOf = (link: StudioLink) =>
    [link.utmSource, link.utmMedium, link.utmCampaign, link.utmTerm, link.utmContent].filter(Boolean).join(' / ');
  return (
    <DataTable
      label={words.list}
      rows={links}
      keyOf={({ code }) => code}
      columns={[
        {
          head: words.landing,
          cell: (link) => (
            <span className="block min-w-0">
              <span className="flex flex-wrap items-center gap-2">
                <Tag tone={TONES[stateOf(link)]}>{words[`state_${stateOf(link)}`]}</Tag>
                <span className="font-medium break-all">{link.landing}</span>
              </span>
              <span className="block text-12 text-ink-2">
                {[
                  link.note,
                  isWhole && `${words.by} ${link.label ?? common.shop}`,
                  link.expiresAt !== null && words.until(timeText(link.expiresAt, locale)),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
          ),
        },
        {
          head: words.channel,
          cell: (link) => (
            <span className="max-desk:text-right">
              {link.channel ?? common.none}
              {tagsOf(link) && <span className="block text-12 break-all text-ink-2">{tagsOf(link)}</span>}
            </span>
          ),
        },
        { head: common.opens, isFigure: true, cell: ({ opens }) => countText(opens) },
        { head: common.visitors, isFigure: true, cell: ({ visitors }) => countText(visitors) },
        { head: common.orders, isFigure: true, cell: ({ orders }) => countText(orders) },
        { head: common.revenue, counted: 'revenue', isFigure: true, cell: ({ fen }) => moneyText(fen) },
        {
          head: words.show,
          isAction: true,
          cell: (link) => (
            <span className="flex justify-end gap-2">
              <Button
                look="quiet"
                size="s"
                aria-label={words.showOf(link.landing)}
                onClick={() => onOpen({ what: 'show', link })}
              >
                {words.show}
              </Button>
              {mayStop && link.stoppedAt === null && (
                <Button
                  look="quiet"
                  size="s"
                  aria-label={words.stopOf(link.landing)}
                  onClick={() => onOpen({ what: 'stop', link })}
                >
                  {words.stop}
                </Button>
              )}
            </span>
          ),
        },
      ]}
    />
  );
}

type MoreProps = {
  campaignId: string;
  whose: 'own' | 'all';
  after: string;
  onMore: (more: ValueNamed<'studio.links'>) => void;
};

function More({ campaignId, whose, after, onMore }: MoreProps) {
  const words = useMessages(staffMessages);
  const locale = useLocale();
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  async function fetchMore() {
    setBusy(true);
    const answer = await call('studio.links', { campaignId, whose, after });
    setBusy(false);
    if (answer.ok) onMore(answer.value);
    else setRefused(refusedText(answer.refusal, locale));
  }
  return (
    <div className="mt-3 text-center">
      <StaffRefused text={refused} />
      <Button look="quiet" busy={isBusy} onClick={() => void fetchMore()}>
        {words.more}
      </Button>
    </div>
  );
}

type StopSheetProps = { link: StudioLink | null; onClose: () => void; onStopped: () => void };

function StopSheet({ link, onClose, onStopped }: StopSheetProps) {
  const words = useMessages(studioLinksMessages);
  const common = useMessages(staffMessages);
  const locale = useLocale();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  async function stop() {
    if (link === null || isBusy) return;
    setBusy(true);
    const answer = await call('studio.stopLink', { code: link.code });
    setBusy(false);
    setError(answer.ok ? null : refusedText(answer.refusal, locale));
    if (answer.ok) onStopped();
  }
  return (
    <ConfirmSheet
      open={link !== null}
      title={words.stopTitle}
      text={words.stopText}
      yes={words.stop}
      no={common.cancel}
      error={error}
      isBusy={isBusy}
      onYes={() => void stop()}
      onClose={onClose}
    />
  );
}
