'use client';

import { correction, generate } from 'lean-qr';
import { useEffect, useState } from 'react';
import { spokenCode } from '../../lib/domain/pickup/code.ts';
import { pickupFriendMessages } from '../../lib/messages/pickup-friend.ts';
import { useMessages } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';

const WIDTH = 720;
const HEIGHT = 1_000;
const CODE_SIDE = 480;
const INK = '#1d1a1a';
const FONT = '-apple-system, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif';

type Said = { title: string; store: string; digits: string; before: string };

/** Digits do not move, so their picture is good until the end; the counter takes it with the last four of the phone. */
function draw({ title, store, digits, before }: Said, part: string): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext('2d');
  if (!pen) return Promise.resolve(null);
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = INK;
  pen.textAlign = 'center';
  const line = (text: string, y: number, px: number, weight = 400) => {
    pen.font = `${weight} ${px}px ${FONT}`;
    pen.fillText(text, WIDTH / 2, y, WIDTH - 60);
  };
  line(title, 80, 44, 600);
  line(store, 136, 30);
  const code = generate(digits, { minCorrectionLevel: correction.M });
  const module = Math.floor(CODE_SIDE / code.size);
  const left = Math.round((WIDTH - module * code.size) / 2);
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      if (code.get(x, y)) pen.fillRect(left + x * module, 190 + y * module, module, module);
    }
  }
  line(spokenCode(digits), 760, 76, 600);
  line(part, 830, 28);
  line(before, 880, 28);
  return new Promise((done) => canvas.toBlob(done, 'image/png'));
}

type SavedPictureProps = { open: boolean; said: Said; onClose: () => void };

/** For browsers that keep no pages (WeChat on an iPhone): the day's code as a picture among one's own. */
export function SavedPicture({ open, said, onClose }: SavedPictureProps) {
  const words = useMessages(pickupFriendMessages);
  const [address, setAddress] = useState<string | null>(null);
  const { title, store, digits, before } = said;
  const part = words.picturePart;
  useEffect(() => {
    if (!open) return;
    let made: string | null = null;
    let isOver = false;
    void draw({ title, store, digits, before }, part).then((blob) => {
      if (blob === null || isOver) return;
      made = URL.createObjectURL(blob);
      setAddress(made);
    });
    return () => {
      isOver = true;
      if (made !== null) URL.revokeObjectURL(made);
      setAddress(null);
    };
  }, [open, title, store, digits, before, part]);
  return (
    <Sheet open={open} onClose={onClose} title={words.save}>
      <p className="text-center text-14 text-ink-2">{words.saveHow}</p>
      {address !== null && (
        <>
          <img
            src={address}
            alt={words.pictureAlt(digits)}
            width={WIDTH}
            height={HEIGHT}
            className="mx-auto mt-3 h-auto w-full max-w-[280px] rounded-card"
          />
          <p className="mt-2 text-center text-14 text-ink-2">{words.picturePress}</p>
          <a
            href={address}
            download={`pickup-${digits}.png`}
            className="pressable mx-auto mt-3 flex min-h-12 items-center justify-center rounded-full bg-lacquer px-5 font-semibold text-on-lacquer"
          >
            {words.save}
          </a>
        </>
      )}
    </Sheet>
  );
}
