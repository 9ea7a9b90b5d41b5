'use client';

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

export type CameraState = 'off' | 'starting' | 'on' | 'denied' | 'missing' | 'insecure' | 'failed';

const LOOK_EVERY_MS = 90;
/** The same code before the lens is not read again at once. */
const SAME_AGAIN_MS = 4_000;

type TorchTrack = MediaTrackCapabilities & { torch?: boolean };

function stateOf(error: unknown): CameraState {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'failed';
}

/**
 * The camera of this device, looked through for QR codes while `isLooking`. It opens after a tap only, and sleeps while
 * the page is not seen.
 */
export function useCamera(
  video: RefObject<HTMLVideoElement | null>,
  isLooking: boolean,
  onText: (text: string) => void,
) {
  const [state, setState] = useState<CameraState>('off');
  const [torch, setTorch] = useState<boolean | null>(null);
  const stream = useRef<MediaStream | null>(null);
  const last = useRef({ text: '', at: 0 });
  const latest = useRef(onText);
  latest.current = onText;

  const close = useCallback(() => {
    for (const track of stream.current?.getTracks() ?? []) track.stop();
    stream.current = null;
    setTorch(null);
    setState('off');
  }, []);

  const open = useCallback(async () => {
    if (!navigator.mediaDevices) return setState(isSecureContext ? 'missing' : 'insecure');
    setState('starting');
    try {
      const wanted = { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } };
      const [opened] = await Promise.all([
        navigator.mediaDevices.getUserMedia({ video: wanted, audio: false }),
        import('./qr-reader.ts').then(({ warmReader }) => warmReader()),
      ]);
      stream.current = opened;
      const [track] = opened.getVideoTracks();
      track?.addEventListener('ended', close);
      setTorch((track?.getCapabilities?.() as TorchTrack | undefined)?.torch ? false : null);
      if (video.current) {
        video.current.srcObject = opened;
        await video.current.play();
      }
      setState('on');
    } catch (error) {
      close();
      setState(stateOf(error));
    }
  }, [close, video]);

  const switchTorch = useCallback(async () => {
    const isOn = torch !== true;
    const [track] = stream.current?.getVideoTracks() ?? [];
    await track?.applyConstraints({ advanced: [{ torch: isOn } as MediaTrackConstraintSet] }).then(
      () => setTorch(isOn),
      () => setTorch(null),
    );
  }, [torch]);

  useEffect(() => close, [close]);
  useEffect(() => {
    if (state !== 'on') return;
    const onHidden = () => {
      if (document.hidden) close();
    };
    document.addEventListener('visibilitychange', onHidden);
    return () => document.removeEventListener('visibilitychange', onHidden);
  }, [state, close]);

  useEffect(() => {
    if (state !== 'on' || !isLooking) return;
    let isOver = false;
    const look = async () => {
      const { readQr } = await import('./qr-reader.ts');
      while (!isOver && video.current) {
        const text = await readQr(video.current).catch(() => undefined);
        if (isOver) return;
        if (text === undefined) return setState('failed');
        if (text !== null && (text !== last.current.text || Date.now() - last.current.at > SAME_AGAIN_MS)) {
          last.current = { text, at: Date.now() };
          latest.current(text);
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
    };
    void look();
    return () => {
      isOver = true;
    };
  }, [state, isLooking, video]);

  return { state, torch, open, close, switchTorch };
}
