'use client';

import { useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import type { PacketView } from '../../lib/client/packet-room.ts';
import { packetPath } from '../../lib/domain/sharing/packet-link.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { packetGrowthMessages } from '../../lib/messages/packet-growth.ts';
import { packetRoomMessages } from '../../lib/messages/packet-room.ts';
import { packetVisitorMessages } from '../../lib/messages/packet-visitor.ts';
import { soonText } from '../../lib/messages/soon.ts';
import { BottomBar } from '../sharing/bottom-bar.tsx';
import { NameChoice } from '../sharing/name-choice.tsx';
import { RefusalLine, type Refused } from '../sharing/refusal-line.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { moreText, PacketFace } from './packet-face.tsx';
import type { VisitProgress } from './use-visit.ts';
import { VisitCard } from './visit-card.tsx';

type VisitorViewProps = {
  view: PacketView;
  progress: VisitProgress;
  /** Not signed in. */
  isNobody: boolean;
  /** The name of whoever looks, if he has one that he could show. */
  displayName: string;
  isBusy: boolean;
  /** No network: nothing can be taken. */
  isStill: boolean;
  refused: Refused | null;
  onAccept: (showName: boolean) => void;
  onRules: () => void;
  onEnd: () => void;
};

/** Somebody else's packet: what it is, what coming here does for it, and the one that the visitor gets himself. */
export function VisitorView({ view, progress, isNobody, displayName, onRules, onEnd, ...rest }: VisitorViewProps) {
  const locale = useLocale();
  const words = packetVisitorMessages[locale];
  const { packet, own } = view;
  const [showName, setShowName] = useState(false);
  const gift = giftOf(view, locale);
  return (
    <>
      <PacketFace packet={packet} title={titleOf(packet, locale)} isGrowthShown onEnd={onEnd}>
        <p className="mt-3 text-balance text-14 text-ink-2">
          {packet.state === 'full' ? packetGrowthMessages[locale].full : moreText(packet, locale)}
        </p>
      </PacketFace>
      {gift.kind === 'open' ? (
        <section className="mx-3 mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 rounded-card bg-gold-soft p-4 wide:mx-4">
          <Price fen={gift.baseFen} className="text-40 font-bold text-lacquer" />
          <div className="min-w-0 flex-1 basis-[11rem]">
            <h3 className="text-16 font-semibold">{words.gift}</h3>
            <p className="text-14">{words.giftText(yuanText(gift.capFen))}</p>
            <p className="text-12 text-ink-2">{words.giftFree}</p>
          </div>
        </section>
      ) : (
        <section className="mx-3 mt-3 rounded-card bg-gold-soft p-4 wide:mx-4">
          <h3 className="text-16 font-semibold">{gift.title}</h3>
          {gift.text !== null && <p className="text-14">{gift.text}</p>}
        </section>
      )}
      <VisitCard view={view} progress={progress} isNobody={isNobody} />
      <p className="gutter pt-1 text-center">
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={onRules}
          className="min-h-11 px-3 text-14 text-ink-2 underline underline-offset-4"
        >
          {packetRoomMessages[locale].rulesOfAll}
        </button>
      </p>
      <BottomBar alert={rest.refused && <RefusalLine refused={rest.refused} />}>
        {gift.kind === 'open' ? (
          <>
            {displayName !== '' && (
              <NameChoice label={words.showName(displayName)} isShown={showName} onChange={setShowName} />
            )}
            <Button size="l" wide busy={rest.isBusy} disabled={rest.isStill} onClick={() => rest.onAccept(showName)}>
              {rest.isBusy ? words.accepting : words.accept(yuanText(gift.baseFen))}
            </Button>
          </>
        ) : (
          <ShopLink
            href={own.ownCode === null ? gift.path : packetPath(own.ownCode)}
            eager
            className={buttonClass('act', 'l', true)}
          >
            {own.ownCode === null ? gift.word : words.seeOwn}
          </ShopLink>
        )}
      </BottomBar>
    </>
  );
}

type Gift =
  | { readonly kind: 'open'; readonly baseFen: number; readonly capFen: number }
  | {
      readonly kind: 'closed';
      readonly title: string;
      readonly text: string | null;
      readonly path: string;
      readonly word: string;
    };

/** The packet that the visitor may take from this one; or why there is none, and the next step. */
function giftOf({ packet, own, visitor, campaignState, opensAt, isBudgetGone }: PacketView, locale: Locale): Gift {
  const words = packetVisitorMessages[locale];
  const closed = (
    title: string,
    text: string | null,
    path = '/packet',
    word = packetRoomMessages[locale].toAll,
  ): Gift => ({
    kind: 'closed',
    ...{ title, text, path, word },
  });
  if (own.ownCode !== null) return closed(words.hasOwn, null);
  if (packet.state === 'withdrawn') return closed(words.over_withdrawn, words.overText);
  if (campaignState === 'ahead') return closed(words.ahead(soonText(opensAt, serverNow(), locale)), words.aheadText);
  if (campaignState !== 'running') return closed(words[campaignState], words[`${campaignState}Text`]);
  if (isBudgetGone) return closed(words.gone, words.goneText, '/coupons', words.toCentre);
  if (visitor === null) return closed(words.lastGeneration, words.lastGenerationText, '/packet', words.ownOne);
  if (packet.state === 'used' || packet.state === 'expired') {
    return closed(
      words[`over_${packet.state}`](nameOf(packet, locale)),
      words.lastGenerationText,
      '/packet',
      words.ownOne,
    );
  }
  return { kind: 'open', baseFen: visitor.baseFen, capFen: visitor.capFen };
}

const nameOf = ({ ownerName }: PacketView['packet'], locale: Locale) => ownerName ?? packetGrowthMessages[locale].giver;

function titleOf(packet: PacketView['packet'], locale: Locale): string {
  const words = packetVisitorMessages[locale];
  const { state, valueFen, baseFen } = packet;
  if (state === 'withdrawn') return words.over_withdrawn;
  const name = nameOf(packet, locale);
  if (state === 'used' || state === 'expired') return words[`over_${state}`](name);
  return valueFen > baseFen ? words.grown(name, yuanText(valueFen)) : words.seed(name);
}
