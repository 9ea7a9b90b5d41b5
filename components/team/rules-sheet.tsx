'use client';

import type { TeamCampaignFrozen } from '../../lib/contracts/team.ts';
import { splitFacts } from '../../lib/domain/team/split.ts';
import { couponMessages, scopeText } from '../../lib/messages/coupon.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { teamRulesMessages } from '../../lib/messages/team-rules.ts';
import { type CategoryName, Digits, Fact, momentOf } from '../sharing/rule-facts.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';

type RulesSheetProps = {
  open: boolean;
  campaign: TeamCampaignFrozen;
  hash: string;
  /** What the shop has added to the budget since, fen; left out: nothing, or `campaign` is told with it. */
  raisedFen?: number;
  /** Of the team that is looked at; null where it is about the campaign alone. */
  seedHash: string | null;
  categories: readonly CategoryName[];
  onClose: () => void;
};

/** Everything that decides who gets what, written from the frozen campaign and what was added to its budget. */
export function RulesSheet({ open, campaign, hash, raisedFen = 0, seedHash, categories, onClose }: RulesSheetProps) {
  const locale = useLocale();
  const words = teamRulesMessages[locale];
  const { coupon, goodFor, budgetFen, potFen, consolationFen } = campaign;
  const { extraFen } = splitFacts(campaign);
  const wholeFen = budgetFen + raisedFen;
  return (
    <Sheet open={open} onClose={onClose} title={words.title}>
      <dl tabIndex={0} className="flex flex-col gap-3 text-14">
        <Fact term={words.pot}>{words.potText(yuanText(potFen))}</Fact>
        <Fact term={words.people}>{words.peopleText(campaign.size)}</Fact>
        <Fact term={words.time}>
          {words.timeText(momentOf(campaign.startsAt, locale), momentOf(campaign.endsAt, locale))}
        </Fact>
        <Fact term={words.gather}>{words.gatherText(campaign.gatherHours)}</Fact>
        <Fact term={words.conditions}>{words.conditionsText(campaign.joinsPerDay)}</Fact>
        <Fact term={words.split}>
          {words.splitText(yuanText(campaign.leastFen), yuanText(campaign.mostFen))}
          {extraFen > 0 && <> {words.extra(yuanText(extraFen))}</>}
        </Fact>
        <Fact term={words.odds}>
          <Odds campaign={campaign} />
        </Fact>
        <Fact term={words.open}>{words.openText(campaign.openHours)}</Fact>
        <Fact term={words.coupon}>
          {coupon.kind === 'red_packet' ? words.couponRed : words.couponOver(yuanText(coupon.fullFen))}
          {locale === 'zh-CN' ? '；' : ' '}
          {goodFor.kind === 'days'
            ? words.goodDays(goodFor.days)
            : words.goodUntil(momentOf(goodFor.until - 1, locale))}
          {locale === 'zh-CN' ? '；' : ' '}
          {words.cancelled}
        </Fact>
        <Fact term={words.goods}>
          {scopeText(campaign.scope, categories, locale)} ·{' '}
          {couponMessages[locale][coupon.kind === 'red_packet' ? 'withSession' : 'notInSession']}
        </Fact>
        <Fact term={words.failed}>
          {consolationFen > 0 ? words.failedText(yuanText(consolationFen)) : words.failedNone}
        </Fact>
        <Fact term={words.budget}>
          {words.budgetText(yuanText(wholeFen), Math.floor(wholeFen / potFen))}
          {raisedFen > 0 && <> {words.raised(yuanText(raisedFen))}</>}
        </Fact>
        <Fact term={words.fair}>{words.fairText}</Fact>
        {seedHash !== null && (
          <Fact term={words.seedHash}>
            <Digits>{seedHash}</Digits>
          </Fact>
        )}
        <Fact term={words.frozen}>
          <Digits>{hash}</Digits>
        </Fact>
      </dl>
    </Sheet>
  );
}

function Odds({ campaign: { odds } }: { campaign: TeamCampaignFrozen }) {
  const words = teamRulesMessages[useLocale()];
  return (
    <table className="mt-1 w-full">
      <thead className="text-12">
        <tr>
          <th scope="col" className="py-1 text-left font-normal">
            {words.oddsFrom}
          </th>
          <th scope="col" className="text-right font-normal">
            {words.oddsShare}
          </th>
        </tr>
      </thead>
      <tbody className="figures">
        {odds.map(({ fromFen, toFen, perMillion }) => (
          <tr key={fromFen} className="border-line border-t">
            <td className="py-1">{words.range(yuanText(fromFen), yuanText(toFen))}</td>
            <td className="text-right">{(perMillion / 10_000).toFixed(perMillion < 100 ? 4 : 2)}%</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
