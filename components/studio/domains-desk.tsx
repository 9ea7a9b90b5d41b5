'use client';

import { Suspense, useState } from 'react';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { studioMessages } from '../../lib/messages/studio.ts';
import { studioDomainsMessages } from '../../lib/messages/studio-domains.ts';
import { clockText } from '../../lib/messages/time.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { timeText } from '../staff/staff-words.ts';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { late } from '../ui/late.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';
import { toast } from '../ui/toast.tsx';
import { Counted } from './counted.tsx';
import { Section } from './figure.tsx';
import { countText } from './figure-words.ts';
import { useRole } from './use-role.ts';

const DomainPanel = late(() => import('./domain-panel.tsx').then((module) => module.DomainPanel));

type Domains = ValueNamed<'studio.domains'>;
type Domain = Domains['domains'][number];
export type DomainDeed = { readonly what: 'add' } | { readonly what: 'use' | 'retire'; readonly domain: Domain };

/** The domains that links are shown with: how each is doing, which one is in use; operators switch. */
export function DomainsDesk() {
  const words = useMessages(studioDomainsMessages);
  const { isOperator } = useRole();
  const read = useStaffRead('studio.domains', {});
  const [deed, setDeed] = useState<DomainDeed | null>(null);
  const value = read.value;
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <h1 className="text-22 font-semibold">{words.title}</h1>
        {isOperator && (
          <Button size="s" className="ml-auto" onClick={() => setDeed({ what: 'add' })}>
            {words.add}
          </Button>
        )}
        <p className="w-full text-14 text-ink-2">
          {words.text} {!isOperator && words.operators}
        </p>
      </div>
      <StaffState read={read} isEmpty={false} empty={{ title: '', text: '' }}>
        {value && (
          <>
            <ul aria-label={words.title} className="grid gap-3 studio:grid-cols-2">
              {value.domains.map((domain) => (
                <DomainRow key={domain.host} domain={domain} onDeed={isOperator ? setDeed : null} />
              ))}
            </ul>
            <Switches switches={value.switches} />
          </>
        )}
      </StaffState>
      <Suspense>
        {deed && (
          <DomainPanel
            deed={deed}
            onClose={() => setDeed(null)}
            onDone={(said) => {
              setDeed(null);
              toast(said);
              read.reload();
            }}
          />
        )}
      </Suspense>
    </>
  );
}

function DomainRow({ domain, onDeed }: { domain: Domain; onDeed: ((deed: DomainDeed) => void) | null }) {
  const words = useMessages(studioDomainsMessages);
  const locale = useLocale();
  const { host, state, isCurrent, probe, suspicion } = domain;
  const figures = [
    [words.shares, domain.shares, 'shares'],
    [words.opens, domain.opens, 'domainOpens'],
    [words.wechatOpens, domain.wechatOpens, 'domainOpens'],
  ] as const;
  return (
    <li className="rounded-card bg-card p-3 shadow-card">
      <div className="flex flex-wrap items-center gap-2">
        <Tag tone={isCurrent ? 'ready' : 'quiet'}>{isCurrent ? words.current : words[`state_${state}`]}</Tag>
        <h2 className="min-w-0 flex-1 text-16 font-semibold break-all">{host}</h2>
        {onDeed && !isCurrent && state !== 'retired' && (
          <Button size="s" aria-label={words.switchToOf(host)} onClick={() => onDeed({ what: 'use', domain })}>
            {words.switchTo}
          </Button>
        )}
        {onDeed && !isCurrent && state === 'ready' && (
          <Button
            look="quiet"
            size="s"
            aria-label={words.retireOf(host)}
            onClick={() => onDeed({ what: 'retire', domain })}
          >
            {words.retire}
          </Button>
        )}
      </div>
      <p className="mt-1 text-14 text-ink-2">
        {isCurrent && state === 'own' && `${words.state_own} · `}
        {probe === null
          ? words.noProbe
          : probe.isOk
            ? words.probeOk(clockText(probe.at))
            : words.probeBad(clockText(probe.at), probe.why ?? '')}
      </p>
      {suspicion && (
        <p className="mt-2 flex items-start gap-2 rounded-card bg-lacquer-soft px-3 py-2 text-14 text-on-lacquer-soft">
          <Icon name="warning" />
          <span>
            {words[`suspicion_${suspicion.of}`](
              countText(suspicion.seen),
              countText(Math.round(suspicion.expected)),
              String(suspicion.hours),
            )}{' '}
            <Counted of="suspicion" name={words.title} />
          </span>
        </p>
      )}
      <dl className="figures mt-2 grid grid-cols-3 gap-x-4 border-line border-t pt-2 text-14">
        {figures.map(([name, value, counted]) => (
          <div key={name}>
            <dt className="flex items-center gap-1 text-12 text-ink-2">
              {name}
              <Counted of={counted} name={name} />
            </dt>
            <dd className="font-semibold">{countText(value)}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-1 text-12 text-ink-2">
        {words.day}
        {domain.addedAt !== null && ` · ${timeText(domain.addedAt, locale)}`}
      </p>
    </li>
  );
}

function Switches({ switches }: { switches: Domains['switches'] }) {
  const words = useMessages(studioDomainsMessages);
  const common = useMessages(studioMessages);
  const locale = useLocale();
  const nameOf = (host: string | null) => host ?? words.ownAddress;
  return (
    <Section title={words.history}>
      {switches.length === 0 ? (
        <p className="rounded-card bg-card p-4 text-14 text-ink-2 shadow-card">{words.noHistory}</p>
      ) : (
        <ol className="divide-y divide-line rounded-card bg-card px-3 shadow-card">
          {switches.map(({ at, from, to, by, reason }) => (
            <li key={at} className="py-2 text-14">
              <p className="font-medium break-all">{words.fromTo(nameOf(from), nameOf(to))}</p>
              <p className="text-12 text-ink-2">{[timeText(at, locale), by, reason || common.none].join(' · ')}</p>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
