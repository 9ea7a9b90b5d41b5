'use client';

import { Suspense, useState } from 'react';
import type { PacketView } from '../../lib/client/packet-room.ts';
import type { PacketPicture } from '../../lib/contracts/packet.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { packetGrowthMessages } from '../../lib/messages/packet-growth.ts';
import { packetHomeMessages } from '../../lib/messages/packet-home.ts';
import { packetOwnerMessages } from '../../lib/messages/packet-owner.ts';
import { packetRoomMessages } from '../../lib/messages/packet-room.ts';
import { BottomBar } from '../sharing/bottom-bar.tsx';
import { goodsPath } from '../sharing/goods-path.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { late } from '../ui/late.ts';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { growthOf } from './growth.ts';
import { HelperList } from './helper-list.tsx';
import { moreText, PacketFace } from './packet-face.tsx';

const SharePacket = late(() => import('./share-packet.tsx').then((module) => module.SharePacket));

type OwnerViewProps = {
  view: PacketView;
  /** Growing and sharing may be spoken of in this app. */
  isSharing: boolean;
  onRules: () => void;
  onEnd: () => void;
};

/** One's own packet: how large it is, who helped, what comes next; and the two things to do, to share it and to use it. */
export function OwnerView({ view, isSharing, onRules, onEnd }: OwnerViewProps) {
  const locale = useLocale();
  const words = packetOwnerMessages[locale];
  const { packet, own, visitor } = view;
  const { state } = packet;
  const [isOpen, setIsOpen] = useState<boolean | null>(null);
  const canShare = isSharing && (state === 'growing' || state === 'full' || state === 'locked');
  const canUse = state === 'growing' || state === 'full';
  const use = own.coupon !== null && canUse && (
    <ShopLink href={goodsPath(own.coupon.scope)} className={buttonClass(canShare ? 'soft' : 'act', 'l', true)}>
      {words.use}
    </ShopLink>
  );
  return (
    <>
      <PacketFace packet={packet} title={titleOf(packet, isSharing, locale)} isGrowthShown={isSharing} onEnd={onEnd}>
        {textOf(view, isSharing, locale).map((text, index) => (
          <p key={text} className={index === 0 ? 'mt-3 text-balance text-16' : 'mt-1 text-balance text-14 text-ink-2'}>
            {text}
          </p>
        ))}
        {state === 'locked' && own.coupon?.orderId && (
          <p className="mt-2">
            <ShopLink href={`/order?id=${own.coupon.orderId}`} className={buttonClass('quiet', 's')}>
              {words.seeOrder}
            </ShopLink>
          </p>
        )}
      </PacketFace>
      {isSharing && (
        <>
          <HelperList packet={packet} />
          {(canUse || state === 'locked') && <HowItGrows stepFen={packet.stepFen} onRules={onRules} />}
        </>
      )}
      {(canShare || use) && (
        <BottomBar>
          {canShare && (
            <p className="text-center text-12 text-ink-2">
              {packetGrowthMessages[locale][visitor === null ? 'lastShareText' : 'shareText']}
            </p>
          )}
          <div className="flex flex-wrap gap-2 *:flex-1 *:basis-[8rem]">
            {use}
            {canShare && (
              <Button size="l" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
                {packetGrowthMessages[locale].share}
              </Button>
            )}
          </div>
        </BottomBar>
      )}
      {!canShare && !use && (
        <BottomBar>
          <ShopLink href={isSharing ? '/packet' : '/'} className={buttonClass('act', 'l', true)}>
            {isSharing ? words.another : packetHomeMessages[locale].goShopping}
          </ShopLink>
        </BottomBar>
      )}
      {isOpen !== null && (
        <Suspense>
          <SharePacket
            open={isOpen}
            code={packet.code}
            stepFen={packet.stepFen}
            guestFen={view.campaignState === 'running' && !view.isBudgetGone ? (visitor?.baseFen ?? null) : null}
            onClose={() => setIsOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}

function titleOf({ state, valueFen, baseFen }: PacketPicture, isSharing: boolean, locale: Locale): string {
  if (state === 'locked' && !isSharing) return packetHomeMessages[locale].won;
  if (state !== 'growing' && state !== 'full') return packetOwnerMessages[locale][`title_${state}`];
  if (!isSharing) return packetHomeMessages[locale].won;
  const words = packetGrowthMessages[locale];
  if (state === 'full') return words.full;
  return valueFen > baseFen ? words.growing(yuanText(baseFen), yuanText(valueFen)) : words.seed(yuanText(baseFen));
}

/** What is said below: what it waits for, or what has become of it. */
function textOf(view: PacketView, isSharing: boolean, locale: Locale): readonly string[] {
  const words = packetOwnerMessages[locale];
  const { packet, own, campaignState } = view;
  const { state, pendingCount, capFen } = packet;
  if (state === 'used') return [words.text_used(yuanText(own.coupon?.cutFen ?? packet.valueFen))];
  if (state === 'expired' || state === 'withdrawn') return [words[`text_${state}`]];
  if (!isSharing) return [];
  if (state === 'locked' || state === 'full') return [words[`text_${state}`]];
  const isClosed = campaignState === 'paused' || campaignState === 'stopped' || campaignState === 'over';
  const note = isClosed ? [words[`text_${campaignState}`]] : [];
  const more = moreText(packet, locale);
  if (more === null) return [words.text_pending(pendingCount, yuanText(capFen)), ...note];
  const { pendingFen } = growthOf(packet);
  const pending = pendingFen > 0 ? [packetGrowthMessages[locale].pending(pendingCount, yuanText(pendingFen))] : [];
  return [more, ...pending, ...note];
}

/** What somebody wants to know who has just got one, from the frozen rules. */
function HowItGrows({ stepFen, onRules }: { stepFen: number; onRules: () => void }) {
  const locale = useLocale();
  const words = packetOwnerMessages[locale];
  return (
    <section className="m-3 rounded-card bg-card p-4 shadow-card wide:mx-4">
      <h3 className="text-16 font-semibold">{words.how}</h3>
      <ul className="mt-2 flex flex-col gap-1.5 text-14 text-ink-2">
        {[words.howGrow(yuanText(stepFen)), words.howOnce, words.howUse].map((fact) => (
          <li key={fact} className="flex gap-2">
            <Icon name="check" className="mt-0.5 size-4.5 text-jade" />
            <span className="min-w-0 flex-1">{fact}</span>
          </li>
        ))}
      </ul>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={onRules}
        className="mt-1 min-h-11 text-14 text-ink-2 underline underline-offset-4"
      >
        {packetRoomMessages[locale].rulesOfAll}
      </button>
    </section>
  );
}
