'use client';

import type { ReactNode } from 'react';
import type { OwnRiskDecision } from '../../lib/contracts/risk.ts';
import { inLocale, type Locale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { riskDecisionsMessages } from '../../lib/messages/risk-decisions.ts';
import { soonText } from '../../lib/messages/soon.ts';
import { momentText } from '../../lib/messages/time.ts';
import { Button } from '../ui/button.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';
import { ReasonList } from './reason-list.tsx';

type DecisionCardProps = {
  decision: OwnRiskDecision;
  /** The server's clock, epoch ms. */
  now: number;
  onAppeal: () => void;
};

/** How it stands, in one short word, and in a sentence where a time or a person says more. */
function outcomeOf(decision: OwnRiskDecision, now: number, locale: Locale) {
  const { action, state, holdUntil, appeal } = decision;
  const words = riskDecisionsMessages[locale];
  if (decision.about === 'order') return orderOutcomeOf(decision, now, locale);
  if (action === 'hold') {
    if (state === 'refused') return { tone: 'act', text: words.refusedHold } as const;
    if (state === 'freed' || holdUntil === null || holdUntil <= now)
      return { tone: 'ready', text: words.freed } as const;
    return { tone: 'won', text: words.held, more: words.heldText(soonText(holdUntil, now, locale)) } as const;
  }
  if (appeal?.isUpheld === true) return { tone: 'ready', text: words.byAppeal } as const;
  if (action === 'refuse') return { tone: 'act', text: words.blocked } as const;
  if (action === 'challenge') {
    return { tone: 'quiet', text: state === 'freed' ? words.challenge : words.challengeOpen } as const;
  }
  return { tone: 'quiet', text: words.limit } as const;
}

/** Orders are reviewed with the rewards that their people have not used; those are rewards as any. */
const isReviewOfOrders = ({ command }: OwnRiskDecision) => command === 'order.review';

function orderOutcomeOf({ state, holdUntil, appeal }: OwnRiskDecision, now: number, locale: Locale) {
  const words = riskDecisionsMessages[locale];
  if (appeal?.isUpheld === true) return { tone: 'ready', text: words.byAppeal } as const;
  if (state === 'refused') return { tone: 'act', text: words.orderRefused } as const;
  if (state === 'freed' || holdUntil === null || holdUntil <= now) {
    return { tone: 'ready', text: words.orderFreed } as const;
  }
  const more = words.orderHeldText(soonText(holdUntil, now, locale));
  return { tone: 'won', text: words.orderHeld, more } as const;
}

/** One decision: about what, how it stands, what was seen, what a person has said, and the way to object. */
export function DecisionCard({ decision, now, onAppeal }: DecisionCardProps) {
  const locale = useLocale();
  const words = riskDecisionsMessages[locale];
  const { at, mechanic, campaign, because, reasons, fen, appeal, mayAppeal } = decision;
  const outcome = outcomeOf(decision, now, locale);
  const name = campaign === null ? words[`mechanic_${mechanic}`] : inLocale(campaign, locale);
  return (
    <article className="rounded-card bg-card p-3 shadow-card">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <h2 className="min-w-0 text-16 font-semibold">{name}</h2>
        {fen !== null && <span className="figures text-14 font-semibold text-lacquer">{words.fen(yuanText(fen))}</span>}
        <Tag tone={outcome.tone} className="ml-auto">
          {outcome.text}
        </Tag>
      </div>
      <p className="figures text-12 text-ink-2">{momentText(at, now, locale)}</p>
      {'more' in outcome && <p className="mt-2 text-14 font-semibold">{outcome.more}</p>}
      <Part title={words.why}>
        {because !== 'score' && (
          <p className="mb-1.5 text-14 text-ink-2">
            {isReviewOfOrders(decision) ? words.because_order : words[`because_${because}`]}
          </p>
        )}
        <ReasonList reasons={reasons} />
      </Part>
      {decision.words !== null && (
        <Part title={words.words}>
          <p className="break-words text-14">{decision.words}</p>
        </Part>
      )}
      {appeal !== null && (
        <Part title={words.yourAppeal}>
          <p className="break-words text-14 text-ink-2">{appeal.text}</p>
          <p className="mt-1 text-14">
            {appeal.answeredAt === null ? (
              words.waiting
            ) : (
              <>
                <strong className="font-semibold">{appeal.isUpheld ? words.upheld : words.notUpheld}</strong>
                {appeal.words !== null && <span className="block break-words">{appeal.words}</span>}
              </>
            )}
          </p>
        </Part>
      )}
      {mayAppeal && (
        <p className="mt-3 flex justify-end">
          <Button look="quiet" size="s" aria-haspopup="dialog" onClick={onAppeal}>
            {words.appeal}
          </Button>
        </p>
      )}
    </article>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-3 border-line border-t pt-2">
      <h3 className="mb-1.5 text-12 text-ink-2">{title}</h3>
      {children}
    </section>
  );
}
