import { appendFileSync } from 'node:fs';

/** What one client did, as it saw it. `info` is: nobody told it what became of the command. */
export type Event = {
  readonly at: number;
  readonly process: number;
  readonly f: string;
  readonly key: string;
  readonly type: 'invoke' | 'ok' | 'fail' | 'info';
  readonly value?: unknown;
};

/** A submitted command, from its first sending to its final answer. */
export type Submitted = {
  readonly process: number;
  readonly shopperId: string;
  readonly skuId: string;
  readonly quantity: number;
  /** Times that it was sent without an answer. */
  doubts: number;
  /** Every order id that any answer to this key named. */
  readonly orderIds: Set<string>;
  /** The sum that was acknowledged. */
  totalFen: number | null;
  /** The answer after a doubt said that the order was there already. */
  wasCommitted: boolean;
  final: 'ok' | 'refused' | null;
  refusal: string | null;
};

/** All that the clients of one round saw. */
export class History {
  readonly submitted = new Map<string, Submitted>();
  /** Orders that the cashier said are paid, and those whose cancelling was acknowledged. */
  readonly paid = new Set<string>();
  readonly cancelled = new Set<string>();
  readonly refusals = new Map<string, number>();
  /** Answers with a status of 500 and above: our own fault, told as such. */
  readonly faults: string[] = [];
  /** Numbers that went back though they only grow. */
  readonly regressions: string[] = [];
  frames = 0;
  private readonly file: string | null;
  private readonly startedAt = Date.now();
  private lines: string[] = [];

  /** With a `file`, each event is a JSON line of it. */
  constructor(file: string | null) {
    this.file = file;
  }

  note(event: Omit<Event, 'at'>): void {
    if (!this.file) return;
    this.lines.push(JSON.stringify({ at: Date.now() - this.startedAt, ...event }));
    if (this.lines.length >= 1_000) this.flush();
  }

  flush(): void {
    if (this.file && this.lines.length > 0) appendFileSync(this.file, `${this.lines.join('\n')}\n`);
    this.lines = [];
  }

  refuse(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
  }

  count(of: (one: Submitted) => boolean): number {
    let n = 0;
    for (const one of this.submitted.values()) if (of(one)) n += 1;
    return n;
  }
}
