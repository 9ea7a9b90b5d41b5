'use client';

import { Suspense, useState } from 'react';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { useDecisions } from '../../lib/client/risk/decisions.ts';
import { useOnline } from '../../lib/client/use-online.ts';
import { phoneMessages } from '../../lib/messages/phone.ts';
import { riskDecisionsMessages } from '../../lib/messages/risk-decisions.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { late } from '../ui/late.ts';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import { DecisionCard } from './decision-card.tsx';

const AppealSheet = late(() => import('./appeal-sheet.tsx').then((module) => module.AppealSheet));

/** 奖励与判定: everything that was decided automatically about this shopper's rewards, with a way to object. */
export function DecisionsPage() {
  const words = riskDecisionsMessages[useLocale()];
  const decisions = useDecisions();
  const [appealing, setAppealing] = useState<string | null>(null);
  return (
    <>
      <TopBar title={words.title} backTo="/me" />
      <DecisionList decisions={decisions} onAppeal={setAppealing} />
      {appealing !== null && (
        <Suspense>
          <AppealSheet decisionId={appealing} onClose={() => setAppealing(null)} onSent={decisions.take} />
        </Suspense>
      )}
    </>
  );
}

type DecisionListProps = { decisions: ReturnType<typeof useDecisions>; onAppeal: (decisionId: string) => void };

function DecisionList({ decisions: { value, failure, refresh, isNobody }, onAppeal }: DecisionListProps) {
  const locale = useLocale();
  const words = riskDecisionsMessages[locale];
  const isOnline = useOnline();
  if (isNobody) {
    return (
      <EmptyState
        emblem="lantern"
        title={words.loginTitle}
        text={words.loginText}
        action={
          <ShopLink href="/login?next=/decisions" className={buttonClass()}>
            {words.login}
          </ShopLink>
        }
      />
    );
  }
  if (value === null && failure !== null) {
    return (
      <EmptyState
        emblem="cloud"
        title={isOnline ? words.failedTitle : words.offlineTitle}
        text={isOnline ? refusalText(failure, locale) : words.offlineText}
        action={<Button onClick={refresh}>{phoneMessages[locale].tryAgain}</Button>}
      />
    );
  }
  if (value === null) return <DecisionsSkeleton label={words.loading} />;
  if (value.decisions.length === 0) {
    return <EmptyState emblem="lantern" title={words.emptyTitle} text={words.emptyText} />;
  }
  return (
    <div className="gutter py-3">
      <p className="mb-3 text-14 text-ink-2">{words.lead}</p>
      {failure !== null && (
        <p role="status" className="mb-3 rounded-card bg-gold-soft px-3 py-2 text-14">
          {refusalText(failure, locale)}
        </p>
      )}
      <ul className="flex flex-col gap-3">
        {value.decisions.map((decision) => (
          <li key={decision.id}>
            <DecisionCard decision={decision} now={value.now} onAppeal={() => onAppeal(decision.id)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The page's boxes while its answer is on the way. */
export function DecisionsSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3 gutter py-3">
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-36 w-full" />
      <Skeleton className="h-36 w-full" />
    </div>
  );
}
