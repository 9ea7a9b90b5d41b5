'use client';

import { Suspense, useState } from 'react';
import type { RunningTeamCampaign } from '../../lib/contracts/team.ts';
import { teamPath } from '../../lib/domain/sharing/team-link.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { soonText } from '../../lib/messages/soon.ts';
import { teamHomeMessages } from '../../lib/messages/team-home.ts';
import { teamPartsMessages } from '../../lib/messages/team-parts.ts';
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
  running: RunningTeamCampaign;
  categories: readonly CategoryName[];
  /** The server's clock, epoch ms. */
  now: number;
  /** The shopper's own team of it that still gathers. */
  liveCode: string | null;
  /** He has opened one before. */
  isAgain: boolean;
  displayName: string;
  isBusy: boolean;
  isStill: boolean;
  refused: Refused | null;
  onOpen: (showName: boolean) => void;
};

/** One campaign: how much, how it works in three lines, its rules, and the one button that fits. */
export function CampaignCard({ running, categories, now, liveCode, isAgain, displayName, ...rest }: CampaignCardProps) {
  const locale = useLocale();
  const words = teamHomeMessages[locale];
  const { campaign, hash } = running;
  const [isReading, setIsReading] = useState<boolean | null>(null);
  const [showName, setShowName] = useState(false);
  const friends = campaign.size - 1;
  const hours = words.hours(campaign.gatherHours);
  const amount = yuanText(campaign.potFen);
  const steps = [words.step1(amount), words.step2(friends, hours), words.step3];
  const still = stillText(running, words, now, locale);
  return (
    <section className="overflow-hidden rounded-card bg-card shadow-card">
      <div className="flex flex-col items-center overflow-hidden bg-lacquer-soft px-4 pt-5 pb-6 text-center">
        <h2 className="text-18 font-semibold">{inLocale(campaign.name, locale)}</h2>
        <p className="mb-4 text-14 text-ink-2">{words.lead(friends, hours, amount)}</p>
        <RedPacket
          look="closed"
          face={<Price fen={campaign.potFen} className="block text-[min(1.75rem,8vw)] font-bold" />}
        />
      </div>
      <div className="flex flex-col gap-3 p-4">
        <ol aria-label={words.how} className="flex flex-col gap-1.5 text-14">
          {steps.map((step, index) => (
            <li key={step} className="flex gap-2">
              <span
                aria-hidden="true"
                className="figures grid size-5 shrink-0 place-items-center rounded-full bg-lacquer-soft text-12 font-semibold text-on-lacquer-soft"
              >
                {index + 1}
              </span>
              <span className="min-w-0 flex-1">{step}</span>
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
        {liveCode !== null ? (
          <ShopLink href={teamPath(liveCode)} eager className={buttonClass('act', 'l', true)}>
            {words.toOwn}
          </ShopLink>
        ) : (
          <>
            {displayName !== '' && still === null && (
              <NameChoice
                label={teamPartsMessages[locale].showName(displayName)}
                isShown={showName}
                onChange={setShowName}
              />
            )}
            <Button
              size="l"
              wide
              busy={rest.isBusy}
              disabled={still !== null || rest.isStill}
              onClick={() => rest.onOpen(showName)}
            >
              {still ?? (rest.isBusy ? words.opening : isAgain ? words.openAgain : words.open)}
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
            seedHash={null}
            categories={categories}
            onClose={() => setIsReading(false)}
          />
        </Suspense>
      )}
    </section>
  );
}
