import { appMessages } from '../../lib/messages/app.ts';
import { type Locale, pathInLocale } from '../../lib/messages/define.ts';
import { buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { OfflineRetry } from './offline-retry.tsx';

/**
 * Shown under the address of a page that this phone has never opened, while there is no network. Its links load
 * documents, because route data is not kept for offline.
 */
export function OfflinePage({ locale }: { locale: Locale }) {
  const words = appMessages[locale];
  return (
    <div data-testid="offline">
      <EmptyState
        emblem="cloud"
        title={words.offlineTitle}
        text={words.offlineText}
        action={
          <div className="flex flex-wrap justify-center gap-2">
            <OfflineRetry label={words.offlineRetry} />
            <a className={buttonClass('quiet')} href={pathInLocale('/', locale)}>
              {words.offlineHome}
            </a>
            <a className={buttonClass('quiet')} href={pathInLocale('/cart', locale)}>
              {words.offlineCart}
            </a>
            <a className={buttonClass('quiet')} href={pathInLocale('/orders', locale)}>
              {words.offlineOrders}
            </a>
          </div>
        }
      />
      <p className="gutter text-center text-14 text-ink-2">{words.offlinePrices}</p>
    </div>
  );
}
