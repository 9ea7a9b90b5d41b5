'use client';

import { useEffect, useId, useState } from 'react';
import { studioGraphMessages } from '../../../lib/messages/studio-graph.ts';
import { timeText } from '../../staff/staff-words.ts';
import { Icon } from '../../ui/icon.tsx';
import { useLocale, useMessages } from '../../ui/locale.tsx';
import { countText } from '../figure-words.ts';
import type { SpreadModel } from './spread-model.ts';

/** The whole spread is replayed in this time. */
const REPLAY_MS = 12_000;
const STEPS = 1_000;

export type GraphTime = { readonly now: number; readonly isReplay: boolean };
type TimeSliderProps = { model: SpreadModel; time: GraphTime; onTime: (time: GraphTime) => void };

/** Goes back to any moment of the spread, or lets it happen again. */
export function TimeSlider({ model, time, onTime }: TimeSliderProps) {
  const words = useMessages(studioGraphMessages);
  const locale = useLocale();
  const id = useId();
  const [isPlaying, setPlaying] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a replay begins where the slider stood when it was started
  useEffect(() => {
    if (!isPlaying) return;
    const from = time.now >= 1 ? 0 : time.now;
    let [begun, frame] = [0, 0];
    const step = (at: number) => {
      begun ||= at;
      const now = Math.min(1, from + (at - begun) / REPLAY_MS);
      onTime({ now, isReplay: now < 1 });
      if (now < 1) frame = requestAnimationFrame(step);
      else setPlaying(false);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [isPlaying]);

  const at = model.columns.startedAt + time.now * model.spanSeconds * 1_000;
  const said = words.at(timeText(at, locale), countText(model.countUntil(time.now)));
  return (
    <div>
      <div className="flex items-center gap-3">
        <button
          type="button"
          aria-label={isPlaying ? words.pause : words.play}
          onClick={() => setPlaying(!isPlaying)}
          className="pressable grid size-11 shrink-0 place-items-center rounded-full bg-lacquer text-on-lacquer"
        >
          <svg aria-hidden="true" viewBox="0 0 24 24" className="size-6" fill="currentColor">
            <path d={isPlaying ? 'M7 5h3.5v14H7zM13.5 5H17v14h-3.5z' : 'M8 5l11 7-11 7z'} />
          </svg>
        </button>
        <label htmlFor={id} className="sr-only">
          {words.time}
        </label>
        <input
          id={id}
          type="range"
          min={0}
          max={STEPS}
          value={Math.round(time.now * STEPS)}
          aria-valuetext={said}
          onChange={(event) => {
            setPlaying(false);
            onTime({ now: Number(event.target.value) / STEPS, isReplay: false });
          }}
          className="min-h-11 w-full accent-lacquer"
        />
      </div>
      <p className="figures text-14 text-ink-2">
        <Icon name="clock" className="mr-1 size-[1.1em] align-text-bottom" />
        {said}
      </p>
    </div>
  );
}
