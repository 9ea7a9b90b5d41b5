'use client';

import { isInstalled, isIosSafari } from '../../lib/client/app-worker.ts';
import { setMuted, useMuted } from '../../lib/client/counter-device.ts';
import { useLease } from '../../lib/client/counter-lease.ts';
import { chooseTheme, rememberedTheme } from '../../lib/client/preferences.ts';
import { signOut } from '../../lib/client/session.ts';
import { counterMessages } from '../../lib/messages/counter.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useMessages } from '../ui/locale.tsx';
import { CounterIcon } from './counter-icon.tsx';
import { playSound, wakeSounds } from './counter-sounds.ts';
import { OfflineSwitch } from './offline-switch.tsx';
import { HANDED } from './result-looks.ts';
import type { CounterApp } from './use-counter-app.ts';

type DevicePanelProps = { app: CounterApp; onOtherLanguage: () => void; onClose: () => void };

/** What belongs to this device: sounds, offline turn, language, installing, signing out. */
export function DevicePanel({ app, onOtherLanguage, onClose }: DevicePanelProps) {
  const words = useMessages(counterMessages);
  const common = useMessages(staffMessages);
  const isMuted = useMuted((state) => state.isMuted);
  const queued = useLease(({ kept }) => kept?.queue.length ?? 0);
  const { offer, install } = app;

  function otherTheme() {
    const isDark =
      document.documentElement.dataset.theme === 'dark' ||
      (rememberedTheme() === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
    chooseTheme(isDark ? 'light' : 'dark');
  }
  function switchSound() {
    setMuted(!isMuted);
    wakeSounds();
    if (isMuted) playSound(HANDED.sound);
  }

  const row = 'flex min-h-14 w-full items-center gap-3 text-left text-18';
  return (
    <StaffPanel title={words.device} onClose={onClose}>
      <button type="button" role="switch" aria-checked={!isMuted} onClick={switchSound} className={row}>
        <CounterIcon name={isMuted ? 'mute' : 'sound'} className="size-7" />
        <span className="flex-1">
          {words.sound}
          <span className="block text-14 text-ink-2">{words.soundText}</span>
        </span>
        <span className={isMuted ? 'text-ink-2' : 'font-semibold text-jade'}>{isMuted ? words.off : words.on}</span>
      </button>
      <button type="button" onClick={onOtherLanguage} className={row}>
        <Icon name="globe" className="size-7" />
        {common.otherLanguage}
      </button>
      <button type="button" onClick={otherTheme} className={row}>
        <Icon name="moon" className="size-7" />
        {common.theme}
      </button>
      {offer && (
        <button type="button" onClick={install} className={row}>
          <Icon name="phone" className="size-7" />
          <span>
            {words.install}
            <span className="block text-14 text-ink-2">{words.installText}</span>
          </span>
        </button>
      )}
      {!offer && isIosSafari() && !isInstalled() && <p className="py-2 text-16 text-ink-2">{words.installIos}</p>}
      <OfflineSwitch />
      <div className="border-line border-t pt-4">
        {queued > 0 && <p className="mb-2 text-16 text-lacquer">{words.signOutQueued}</p>}
        <Button look="quiet" wide className="min-h-14" disabled={queued > 0} onClick={() => void signOut()}>
          {common.signOut}
        </Button>
      </div>
    </StaffPanel>
  );
}
