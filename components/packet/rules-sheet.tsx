'use client';

import type { PacketCampaignFrozen } from '../../lib/contracts/packet.ts';
import { couponMessages, scopeText } from '../../lib/messages/coupon.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { packetRulesMessages } from '../../lib/messages/packet-rules.ts';
import { type CategoryName, Digits, Fact, momentOf } from '../sharing/rule-facts.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';

type RulesSheetProps = {
  open: boolean;
  campaign: PacketCampaignFrozen;
  hash: string;
  /** What the shop has added to the budget since, fen; left out: nothing, or `campaign` is told with it. */
  raisedFen?: number;
  categories: readonly CategoryName[];
  onClose: () => void;
};

/** Everything that decides who gets what, written from the frozen campaign and what was added to its budget. */
export function RulesSheet({ open, campaign, hash, raisedFen = 0, categories, onClose }: RulesSheetProps) {
  const locale = useLocale();
  const words = packetRulesMessages[locale];
  const { startsAt, endsAt, stayMs, terms, budgetFen } = campaign;
  const mostFen = terms[0]?.capFen ?? budgetFen;
  const wholeFen = budgetFen + raisedFen;
  return (
    <Sheet open={open} onClose={onClose} title={words.title}>
      <dl tabIndex={0} className="flex flex-col gap-3 text-14">
        <Fact term={words.amounts}>
          {words.amountsText}
          <Amounts terms={terms} />
        </Fact>
        <Fact term={words.time}>{words.timeText(momentOf(startsAt, locale), momentOf(endsAt, locale))}</Fact>
        <Fact term={words.life}>{words.lifeText(campaign.lifeHours)}</Fact>
        <Fact term={words.conditions}>{words.conditionsText}</Fact>
        <Fact term={words.grow}>{words.growText(Math.round(stayMs / 1000))}</Fact>
        <Fact term={words.once}>{words.onceText}</Fact>
        <Fact term={words.direct}>{words.directText(terms.length)}</Fact>
        <Fact term={words.coupon}>{words.couponText}</Fact>
        <Fact term={words.locked}>{words.lockedText}</Fact>
        <Fact term={words.goods}>
          {scopeText(campaign.scope, categories, locale)} · {couponMessages[locale].withSession}
        </Fact>
        <Fact term={words.budget}>
          {words.budgetText(yuanText(wholeFen), Math.floor(wholeFen / mostFen))}
          {raisedFen > 0 && <> {words.raised(yuanText(raisedFen))}</>}
        </Fact>
        <Fact term={words.frozen}>
          <Digits>{hash}</Digits>
        </Fact>
      </dl>
    </Sheet>
  );
}

function Amounts({ terms }: { terms: PacketCampaignFrozen['terms'] }) {
  const words = packetRulesMessages[useLocale()];
  return (
    <table className="mt-1 w-full">
      <thead className="text-12">
        <tr>
          {[words.generation, words.base, words.step, words.cap].map((head, index) => (
            <th
              key={head}
              scope="col"
              className={index === 0 ? 'py-1 text-left font-normal' : 'text-right font-normal'}
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="figures">
        {terms.map(({ generation, baseFen, stepFen, capFen }) => (
          <tr key={generation} className="border-line border-t">
            <th scope="row" className="py-1 text-left font-normal">
              {generation}
            </th>
            {[baseFen, stepFen, capFen].map((fen, index) => (
              <td key={index} className="text-right">
                ¥{yuanText(fen)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
