import { type Database, isUnavailable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { openSequencer, type Sequencer } from '../platform/sequencer.ts';
import type { OrderBook, PlaceCommand, PlaceOutcome } from './order-book.ts';
import { openSoldOutHint, type SoldOutLimits } from './sold-out-hint.ts';

/** The sequencer of submitted orders with the local "sold out" in front of it. */
export type OrderQueue = Sequencer<PlaceCommand, PlaceOutcome> & {
  /** Whether this order is refused already because its one SKU is sold out for this person; `false`: submit it. */
  isSoldOut(shopperId: string, lines: PlaceCommand['lines']): boolean | Promise<boolean>;
  /** A notice of the `stock` channel: ids with commas between, or `*`. */
  hearStock(payload: string): void;
};

type Options = {
  readonly db: Database;
  readonly book: OrderBook;
  /** Other than the settings, for tests. */
  readonly limits?: { readonly batchMax?: number; readonly queueMax?: number };
  readonly soldOut?: Partial<SoldOutLimits>;
  readonly onBatch?: (size: number, waiting: number) => void;
};

export function openOrderQueue({ db, book, limits, soldOut, onBatch }: Options): OrderQueue {
  const hint = openSoldOutHint(db, { ...LIMITS.soldOut, ...soldOut });
  const sequencer = openSequencer<PlaceCommand, PlaceOutcome>({
    settle: (batch) => book.place(batch),
    keyOf: (command) => `${command.shopperId}|${command.key}`,
    ...LIMITS.sequencer,
    ...limits,
    isEverybodys: isUnavailable,
    ...(onBatch ? { onBatch } : {}),
  });

  /** Learns from an answer about one SKU; of several lines only some are judged, so they teach nothing. */
  function learnFrom({ decision }: PlaceOutcome, lines: PlaceCommand['lines']): void {
    const [line] = lines;
    if (lines.length !== 1 || !line || decision.kind === 'replay') return;
    const problem = decision.kind === 'lines_refused' ? decision.problems[0] : undefined;
    if (problem?.code === 'limit_reached') return;
    hint.settled(line.skuId, problem?.code === 'sold_out' && problem.left === 0);
  }

  return {
    ...sequencer,
    async submit(command) {
      const outcome = await sequencer.submit(command);
      // Sold out at a store and in the warehouse for so many units is not what the hint means.
      if (command.storeId === undefined) learnFrom(outcome, command.lines);
      return outcome;
    },
    isSoldOut: (shopperId, lines) => lines.length === 1 && hint.isSoldOut(shopperId, lines[0]!.skuId),
    hearStock(payload) {
      if (payload === '*') hint.dropAll();
      else for (const skuId of payload.split(',')) hint.drop(skuId);
    },
  };
}
