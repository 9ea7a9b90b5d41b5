'use client';

import { Suspense, useState } from 'react';
import type { RunningPacketCampaign } from '../../lib/contracts/packet.ts';
import { packetPath } from '../../lib/domain/sharing/packet-link.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { packetHomeMessages } from '../../lib/messages/packet-home.ts';
import { packetVisitorMessages } from '../../lib/messages/packet-visitor.ts';
import { soonText } from '../../lib/messages/soon.ts';
import { stillText } from '../sharing/campaign-still.ts';
import { NameChoice } from '../sharing/name-choice.tsx';
import { RedPacket } from '../sharing/red-packet.tsx';
import { RefusalLine, type Refused } from '../sharing/refusal-line.tsx';
import type { CategoryName } from '../sharing/rule-facts.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { late } from '../ui/late.ts';
import { useLocale } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

const RulesSheet = late(() => import('./rules-sheet.tsx').then((module) => module.RulesSheet));

type CampaignCardProps = {
  running: RunningPacketCampaign;
  categories: readonly CategoryName[];
  /** The server's clock, epoch ms. */
  now: number;
  /** The shopper's own packet of it. */
  ownCode: string | null;
  displayName: string;
  isBusy: boolean;
  isStill: boolean;
  refused: Refused | null;
  onTake: (showName: boolean) => void;
};

/** One campaign: how much, how it grows in three lines, its rules, and the one button that fits. */
export function CampaignCard({ running, categories, now, ownCode, displayName, ...rest }: CampaignCardProps) {
  const locale = useLocale();
  const words = packetHomeMessages[locale];
  const { campaign, hash } = running;
  const [isReading, setIsReading] = useState<boolean | null>(null);
  const [showName, setShowName] = useState(false);
  const [first, guest] = campaign.terms;
  if (first === undefined) return null;
  const [base, step, cap] = [first.baseFen, first.stepFen, first.capFen].map(yuanText) as [string, string, string];
  const steps = [
    words.step1(base, words.hours(campaign.lifeHours)),
    words.step2(step, cap),
    ...(guest ? [words.step3(yuanText(guest.baseFen))] : []),
  ];
  const still = stillText(running, words, now, locale);
  return (
    <section className="overflow-hidden rounded-card bg-card shadow-card">
      <div className="flex flex-col items-center overflow-hidden bg-lacquer-soft px-4 pt-5 pb-6 text-center">
        <h2 className="text-18 font-semibold">{inLocale(campaign.name, locale)}</h2>
        <p className="mb-4 text-14 text-ink-2">{words.lead(base, cap)}</p>
        <RedPacket
          look="closed"
          face={<Price fen={first.baseFen} className="block text-[min(1.75rem,8vw)] font-bold" />}
        />
      </div>
      <div className="flex flex-col gap-3 p-4">
        <ol aria-label={words.how} className="flex flex-col gap-1.5 text-14">
          {steps.map((text, index) => (
            <li key={text} className="flex gap-2">
              <span
                aria-hidden="true"
                className="figures grid size-5 shrink-0 place-items-center rounded-full bg-lacquer-soft text-12 font-semibold text-on-lacquer-soft"
              >
                {index + 1}
              </span>
              <span className="min-w-0 flex-1">{text}</span>
            </li>
          ))}
        </ol>
        <p className="flex flex-wrap items-center justify-between gap-x-3 text-14 text-ink-2">
          <span>{words.endsAt(soonText(campaign.endsAt - 1, now, locale))}</span>
          <button
            type="button"
            aria-haspopup="dialog"
            onClick={() => setIsReading(true)}
            className="min-h-11 min-w-11 underline underline-offset-4"
          >
            {words.rules}
          </button>
        </p>
        {rest.refused && <RefusalLine refused={rest.refused} />}
        {ownCode !== null ? (
          <ShopLink href={packetPath(ownCode)} eager className={buttonClass('act', 'l', true)}>
            {words.toOwn}
          </ShopLink>
        ) : (
          <>
            {displayName !== '' && still === null && (
              <NameChoice
                label={packetVisitorMessages[locale].showName(displayName)}
                isShown={showName}
                onChange={setShowName}
              />
            )}
            <Button
              size="l"
              wide
              busy={rest.isBusy}
              disabled={still !== null || rest.isStill}
              onClick={() => rest.onTake(showName)}
            >
              {still ?? (rest.isBusy ? words.taking : words.take(base))}
            </Button>
          </>
        )}
      </div>
      {isReading !== null && (
        <Suspense>
          <RulesSheet
            open={isReading}
            campaign={campaign}
            hash={hash}
            raisedFen={running.raisedFen}
            categories={categories}
            onClose={() => setIsReading(false)}
          />
        </Suspense>
      )}
    </section>
  );
}
