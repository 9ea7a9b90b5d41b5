import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createShelfBook } from '../../lib/client/live/shelf-book.ts';
import type { Frame } from '../../lib/domain/inventory/frame.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const frame = (version: number, available: number, epoch = 'e'): Frame => [
  's',
  epoch,
  version,
  [0, available, 9, -1, 0],
];

function bookWith(answer: () => Frame | null) {
  const asked: string[] = [];
  let changes = 0;
  const book = createShelfBook(
    async (shelf) => {
      asked.push(shelf);
      return answer();
    },
    () => {
      changes += 1;
    },
    () => 0.5,
  );
  const available = () => book.pictures().get('s')?.cells.get(0)?.available;
  return { book, asked, available, changes: () => changes };
}

test('a gap is asked about once, a little later, however many frames show it', async () => {
  const { book, asked, available } = bookWith(() => frame(9, 1));
  book.snapshot(frame(1, 9));
  for (const version of [5, 6, 7]) book.delta(frame(version, 9));
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(300);
  expect(asked).toEqual(['s']);
  expect(available()).toBe(1);
});

test('a gap that closes by itself is not asked about', async () => {
  const { book, asked, available } = bookWith(() => null);
  book.snapshot(frame(1, 9));
  book.delta(frame(3, 3));
  book.delta(frame(2, 5));
  await vi.advanceTimersByTimeAsync(600);
  expect(asked).toEqual([]);
  expect(available()).toBe(3);
});

test('an older picture from a cache never replaces a newer one, also across lives of the server', () => {
  const { book, available } = bookWith(() => null);
  book.polled(frame(4, 4), 2_000);
  book.polled(frame(3, 8), 3_000);
  expect(available()).toBe(4);
  book.polled(frame(0, 7, 'another'), 1_000);
  expect(available()).toBe(4);
  book.polled(frame(0, 2, 'another'), 4_000);
  expect(available()).toBe(2);
});
