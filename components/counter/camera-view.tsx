'use client';

import { useRef } from 'react';
import { counterScanMessages } from '../../lib/messages/counter-scan.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useMessages } from '../ui/locale.tsx';
import { CounterIcon } from './counter-icon.tsx';
import { type CameraState, useCamera } from './use-camera.ts';

const WHY = {
  denied: 'cameraDenied',
  missing: 'cameraMissing',
  insecure: 'cameraInsecure',
  failed: 'cameraFailed',
} as const satisfies Partial<Record<CameraState, string>>;

/** The picture of the camera with the place to hold the phone; before that, a sentence why and a tap. */
export function CameraView({ isLooking, onText }: { isLooking: boolean; onText: (text: string) => void }) {
  const words = useMessages(counterScanMessages);
  const video = useRef<HTMLVideoElement>(null);
  const { state, torch, open, close, switchTorch } = useCamera(video, isLooking, onText);
  const isSeen = state === 'on' || state === 'starting';
  const trouble = state in WHY ? words[WHY[state as keyof typeof WHY]] : null;
  const round = 'pressable grid size-12 place-items-center rounded-full bg-scrim text-white';
  return (
    <div className="relative overflow-hidden rounded-sheet bg-ink">
      <video
        ref={video}
        muted
        playsInline
        aria-label={words.cameraAim}
        className={isSeen ? 'block aspect-square max-h-[52dvh] w-full object-cover' : 'hidden'}
      />
      {isSeen ? (
        <>
          <span
            aria-hidden="true"
            className="pointer-events-none absolute inset-[14%] rounded-sheet border-4 border-white/90"
          />
          <p className="absolute inset-x-0 top-0 bg-scrim px-4 py-2 text-center text-16 text-white">
            {state === 'starting' ? words.cameraStarting : words.cameraAim}
          </p>
          <div className="absolute inset-x-3 bottom-3 flex justify-between">
            <button type="button" aria-label={words.cameraClose} onClick={close} className={round}>
              <Icon name="close" />
            </button>
            {torch !== null && (
              <button
                type="button"
                aria-label={words.torch}
                aria-pressed={torch}
                onClick={() => void switchTorch()}
                className={`${round} aria-pressed:bg-gold-shape aria-pressed:text-on-gold`}
              >
                <CounterIcon name="torch" />
              </button>
            )}
          </div>
        </>
      ) : (
        <div className="flex flex-col items-center gap-3 bg-card px-5 py-6 text-center">
          <Button look="act" wide className="min-h-20 text-22" onClick={() => void open()}>
            <CounterIcon name="camera" className="size-8" />
            {words.cameraOpen}
          </Button>
          {trouble ? (
            <p role="alert" className="rounded-card bg-lacquer-soft px-3 py-2 text-16 text-on-lacquer-soft">
              {trouble}
            </p>
          ) : (
            <p className="text-14 text-ink-2">{words.cameraWhy}</p>
          )}
        </div>
      )}
    </div>
  );
}
