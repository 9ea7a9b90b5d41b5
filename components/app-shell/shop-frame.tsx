import type { ReactNode } from 'react';
import { cx } from '../ui/cx.ts';
import { FreshnessBar } from './freshness-bar.tsx';
import { ShopTabBar } from './shop-tab-bar.tsx';

type ShopFrameProps = {
  children: ReactNode;
  /** `tabs`: the tab bar below. `bar`: the page brings a bar of its own. `plain`: neither. */
  foot?: 'tabs' | 'bar' | 'plain';
  /** The page shows live numbers, and says so when they may be old. */
  isLive?: boolean;
};

/** The column that a page of the shop stands in: the phone's width, at most 520 px, paper from top to bottom. */
export function ShopFrame({ children, foot = 'tabs', isLive }: ShopFrameProps) {
  return (
    <div className="relative mx-auto flex min-h-dvh max-w-[520px] flex-col bg-paper desk:shadow-float">
      {isLive && <FreshnessBar />}
      <main
        id="content"
        className={cx(
          'flex-1',
          foot === 'tabs' && 'pb-[calc(var(--tab-bar)+16px)]',
          foot === 'bar' && 'pb-[calc(var(--buy-bar)+16px)]',
        )}
      >
        {children}
      </main>
      {foot === 'tabs' && <ShopTabBar />}
    </div>
  );
}
