import { tellWorker } from './tell-worker.ts';

/** The browser's own event before it would offer to install; not yet in TypeScript's library. */
export type InstallOffer = Event & {
  prompt(): Promise<void>;
  readonly userChoice: Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
};

/** A new version that has been fetched and waits. `take`, called once, fetches this page anew, moves to it and reloads. */
export type Update = { take(): void };

const LOOK_FOR_UPDATES_MS = 15 * 60_000;
/** A worker waits for what its predecessor has in hand; the shopper does not wait for both. */
const HAND_OVER_MS = 2_000;
const TAKEN_KEY = 'festa-update-taken';
const TAKEN_MS = 5 * 60_000;

/** Whether this tab has taken an update that is still on its way; a later one is offered like any other. */
function wasTaken(): boolean {
  try {
    return Date.now() - Number(sessionStorage.getItem(TAKEN_KEY) ?? Number.NaN) < TAKEN_MS;
  } catch {
    return false;
  }
}

function rememberTaken(isTaken: boolean): void {
  try {
    if (isTaken) sessionStorage.setItem(TAKEN_KEY, String(Date.now()));
    else sessionStorage.removeItem(TAKEN_KEY);
  } catch {
    // Nothing is kept here: the update may be offered once more.
  }
}

export function isWeChat(): boolean {
  return /MicroMessenger/i.test(navigator.userAgent);
}

/** iPhones and iPads; an iPad says that it is a Mac, but has fingers. */
export function isIos(): boolean {
  const { userAgent, maxTouchPoints } = navigator;
  return /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
}

/** Only Safari itself can add to the home screen of an iPhone; browsers within apps cannot. */
export function isIosSafari(): boolean {
  return (
    isIos() &&
    /Safari\//.test(navigator.userAgent) &&
    !/CriOS|FxiOS|EdgiOS|MicroMessenger|QQ\//.test(navigator.userAgent)
  );
}

export function isInstalled(): boolean {
  return (
    matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true
  );
}

/** WeChat on the iPhone has no workers; elsewhere the browser is asked, not its name. */
export function hasWorkers(): boolean {
  return 'serviceWorker' in navigator && !(isWeChat() && isIos());
}

/** This visit's own page, scripts and pictures, for a worker that came too late to see them load. */
function loadedHere(): string[] {
  const loaded = performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter(
      (name) => name.startsWith(`${location.origin}/_next/static/`) || name.startsWith(`${location.origin}/img/`),
    );
  return [location.href, ...loaded];
}

/**
 * Keeps the page of this address for offline. Call when the shopper has come to it within the app: the worker sees
 * documents only, and the next one may be asked without a network.
 */
export function keepThisPage(): void {
  const { saveData } = (navigator as { connection?: { saveData?: boolean } }).connection ?? {};
  if (hasWorkers() && !saveData) tellWorker({ type: 'KEEP', urls: [location.href] });
}

/**
 * Registers the worker and watches it. Call after the page has loaded, in production only.
 *
 * @param mayLook asked before each look for a new version: false in checkout and around a session's start
 * @param onUpdate a new version waits; it never takes over by itself
 * @param onSent edits made without a network have reached the server
 * @returns stops watching
 */
export function startWorker(options: {
  mayLook(): boolean;
  onUpdate(update: Update): void;
  onSent(count: number): void;
}): () => void {
  const workers = navigator.serviceWorker;
  let registration: ServiceWorkerRegistration | undefined;
  const hadWorker = workers.controller !== null;

  const onController = () => {
    rememberTaken(false);
    if (!hadWorker) tellWorker({ type: 'KEEP', urls: loadedHere() });
  };
  const onMessage = (event: MessageEvent) => {
    if (event.data?.type === 'OUTBOX_SENT') options.onSent(Number(event.data.sent));
  };
  const offer = (waiting: ServiceWorker) => {
    // Taken already: its predecessor still has something in hand, and it takes over when that is done.
    if (wasTaken()) return waiting.postMessage({ type: 'SKIP_WAITING' });
    options.onUpdate({
      take() {
        rememberTaken(true);
        let isReloading = false;
        const reload = () => {
          if (!isReloading) location.reload();
          isReloading = true;
        };
        workers.addEventListener('controllerchange', reload, { once: true });
        // The page is renewed by then, whichever of the two workers shows it.
        workers.addEventListener('message', ({ data }) => data?.type === 'RENEWED' && setTimeout(reload, HAND_OVER_MS));
        waiting.postMessage({ type: 'SKIP_WAITING' });
      },
    });
  };
  const watch = (worker: ServiceWorker | null) => {
    // The very first worker of a browser waits for nobody and is no update.
    if (!worker || !workers.controller) return;
    if (worker.state === 'installed') offer(worker);
    else worker.addEventListener('statechange', () => worker.state === 'installed' && offer(worker));
  };
  const look = () => {
    if (options.mayLook()) registration?.update().catch(() => {});
  };
  // Only Chromium sends queued edits by itself; the others are told when the network or the reader is back.
  const onBack = () => {
    if (document.visibilityState === 'visible' && navigator.onLine) tellWorker({ type: 'REPLAY' });
  };

  workers.addEventListener('controllerchange', onController);
  workers.addEventListener('message', onMessage);
  addEventListener('online', onBack);
  document.addEventListener('visibilitychange', onBack);
  const timer = setInterval(look, LOOK_FOR_UPDATES_MS);
  workers
    .register('/sw.js', { scope: '/', updateViaCache: 'none' })
    .then((found) => {
      registration = found;
      watch(found.waiting);
      found.addEventListener('updatefound', () => watch(found.installing));
      onBack();
    })
    .catch(() => {
      // A browser that refuses (private mode, a bad certificate) still has the whole shop.
    });
  return () => {
    clearInterval(timer);
    workers.removeEventListener('controllerchange', onController);
    workers.removeEventListener('message', onMessage);
    removeEventListener('online', onBack);
    document.removeEventListener('visibilitychange', onBack);
  };
}
