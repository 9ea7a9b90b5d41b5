'use client';

import { type ReactNode, Suspense, useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import type { TeamView } from '../../lib/client/team-room.ts';
import type { OwnCoupon } from '../../lib/contracts/coupon.ts';
import { expiryText, thresholdText } from '../../lib/messages/coupon.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { soonText } from '../../lib/messages/soon.ts';
import { teamResultMessages } from '../../lib/messages/team-result.ts';
import { BottomBar } from '../sharing/bottom-bar.tsx';
import { goodsPath } from '../sharing/goods-path.ts';
import { RedPacket } from '../sharing/red-packet.tsx';
import { RefusalLine, type Refused } from '../sharing/refusal-line.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { late } from '../ui/late.ts';
import { useLocale } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { NextTeam } from './next-team.tsx';
import { ShareList } from './share-list.tsx';

const DrawSheet = late(() => import('./draw-sheet.tsx').then((module) => module.DrawSheet));

type RoomResultProps = {
  view: TeamView;
  /** This page saw it gather: the split is shown. */
  isNews: boolean;
  /** New packets may be asked for here. */
  isInviting: boolean;
  isBusy: boolean;
  isStill: boolean;
  refused: Refused | null;
  /** Resolves to whether the share is open. */
  onOpen: (teamId: string) => Promise<boolean>;
};

/** The pot is shared out: one's own share to open, then everybody's, and the draw to check. */
export function RoomResult({ view, isNews, isInviting, isBusy, isStill, refused, onOpen }: RoomResultProps) {
  const locale = useLocale();
  const words = teamResultMessages[locale];
  const { room, own } = view;
  const share = room.places.find(({ place }) => place === own?.place)?.share ?? null;
  const [play, setPlay] = useState<'shine' | 'open' | null>(isNews ? 'shine' : null);
  const [isChecking, setIsChecking] = useState<boolean | null>(null);
  const isClosed = share?.state === 'closed' && room.state === 'split';
  const isOpen = share?.state === 'opened';
  const open = async () => {
    if (own !== null && (await onOpen(own.teamId))) setPlay('open');
  };
  const alert = refused && <RefusalLine refused={refused} />;

  return (
    <>
      <section className="flex flex-col items-center overflow-hidden bg-lacquer-soft gutter pt-5 pb-8 text-center">
        <h2 className="text-balance text-22 font-semibold">
          <ResultTitle view={view} share={share} />
        </h2>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button below does the same */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the button below does the same */}
        <div
          className="mt-10 cursor-pointer"
          onClick={play !== null ? () => setPlay(null) : isClosed ? open : undefined}
        >
          <RedPacket
            look={isOpen ? 'open' : isClosed || play !== null ? 'closed' : 'grey'}
            play={play}
            onPlayed={() => setPlay(null)}
            seal={isClosed ? words.seal : '¥'}
            face={!isOpen && <Price fen={room.potFen} className="block text-[min(1.75rem,8vw)] font-bold" />}
            card={
              isOpen &&
              share && <Price fen={share.fen} className="block pt-2 text-[min(1.75rem,8vw)] font-bold text-lacquer" />
            }
          />
        </div>
        <p className="mt-5 text-balance text-14 text-ink-2">
          <ResultNote view={view} isClosed={isClosed} isOpen={isOpen} />
        </p>
      </section>
      {!isClosed && (
        <>
          <ShareList room={room} ownPlace={own?.place ?? null} isFresh={play !== null} />
          <p className="gutter pt-2 text-center">
            <button
              type="button"
              aria-haspopup="dialog"
              onClick={() => setIsChecking(true)}
              className="min-h-11 px-3 text-14 text-ink-2 underline underline-offset-4"
            >
              {words.check}
            </button>
          </p>
        </>
      )}
      {isClosed ? (
        <BottomBar alert={alert}>
          <Button size="l" wide busy={isBusy} disabled={isStill} onClick={open}>
            {isBusy ? words.opening : words.openMine}
          </Button>
        </BottomBar>
      ) : isOpen && own?.coupon?.whyNot === null ? (
        <BottomBar alert={alert}>
          <ShopLink href={goodsPath(own.coupon.scope)} className={buttonClass('act', 'l', true)}>
            {words.use}
          </ShopLink>
        </BottomBar>
      ) : (
        isInviting && <NextTeam campaignState={view.campaignState} refused={refused} />
      )}
      {isChecking !== null && (
        <Suspense>
          <DrawSheet open={isChecking} view={view} onClose={() => setIsChecking(false)} />
        </Suspense>
      )}
    </>
  );
}

type Share = NonNullable<TeamView['room']['places'][number]['share']>;

/** What it means for whoever looks. */
function ResultTitle({ view: { room }, share }: { view: TeamView; share: Share | null }): ReactNode {
  const locale = useLocale();
  const words = teamResultMessages[locale];
  if (share === null) return words.full;
  if (share.state === 'opened') return words.got(yuanText(share.fen));
  if (room.isWithdrawn) return words.withdrawn;
  return share.state === 'lapsed' || room.state === 'over' ? words.ownLapsed : words.splitTitle(yuanText(room.potFen));
}

/** Where the coupon is; one that is reviewed, until when at the longest. */
function CouponText({ coupon: { whyNot, heldUntil }, now }: { coupon: OwnCoupon; now: number }): ReactNode {
  const locale = useLocale();
  const words = teamResultMessages[locale];
  if (whyNot === null) return words.inWallet;
  if (whyNot !== 'held' && whyNot !== 'refused') return words[`coupon_${whyNot}`];
  return (
    <>
      {whyNot === 'held' && heldUntil !== null
        ? words.heldText(soonText(heldUntil, now, locale))
        : words.coupon_refused}{' '}
      <ShopLink href="/decisions" className="inline-flex min-h-11 items-center underline underline-offset-4">
        {words.seeDecision}
      </ShopLink>
    </>
  );
}

type ResultNoteProps = { view: TeamView; isClosed: boolean; isOpen: boolean };

function ResultNote({ view: { room, own, campaignState }, isClosed, isOpen }: ResultNoteProps): ReactNode {
  const locale = useLocale();
  const words = teamResultMessages[locale];
  const now = serverNow();
  if (isClosed && room.openUntil !== null) return words.openBy(soonText(room.openUntil, now, locale));
  if (!isOpen) return own !== null ? null : campaignState === 'running' ? words.fullText : words.fullOnly;
  const { coupon } = own ?? {};
  if (!coupon) return words.inWallet;
  return (
    <>
      {own?.place === room.luckiestPlace && <strong className="block font-semibold text-gold">{words.gotBest}</strong>}
      <span className="block">
        <CouponText coupon={coupon} now={now} />
      </span>
      <span className="block">
        {thresholdText(coupon.rule, locale)} · {expiryText(coupon.validUntil, now, locale)}
      </span>
    </>
  );
}
