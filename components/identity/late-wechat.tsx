'use client';

import { type ComponentType, useEffect, useState } from 'react';
import { useChannel } from '../sharing/use-channel.ts';

type WechatCardProps = { isSignedIn: boolean };

/** The card of the shopper's WeChat: fetched in WeChat's own browser and nowhere else. */
export function LateWechat(props: WechatCardProps) {
  const isInWechat = useChannel() === 'wechat';
  const [Card, setCard] = useState<ComponentType<WechatCardProps> | null>(null);
  useEffect(() => {
    if (!isInWechat) return;
    import('./wechat-card.tsx').then(
      ({ WechatCard }) => setCard(() => WechatCard),
      () => {}, // Without the network there is nothing to sign in to.
    );
  }, [isInWechat]);
  return Card && <Card {...props} />;
}
