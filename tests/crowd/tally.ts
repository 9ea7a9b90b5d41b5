/** What the crowd met, counted. */
export class Tally {
  shoppers = 0;
  accepted = 0;
  paid = 0;
  cancelled = 0;
  abandoned = 0;
  soldOut = 0;
  errors = 0;
  requests = 0;
  readonly refused = new Map<string, number>();
  /** Wall time of each `order.submit`, in ms. */
  readonly submitMs: number[] = [];
  private acceptedAtLastLine = 0;

  refuse(code: string): void {
    if (code === 'sold_out') this.soldOut++;
    else this.refused.set(code, (this.refused.get(code) ?? 0) + 1);
  }

  get refusedCount(): number {
    return [...this.refused.values()].reduce((sum, count) => sum + count, 0);
  }

  submitQuantileMs(share: number): number {
    const sorted = this.submitMs.toSorted((a, b) => a - b);
    return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  }

  line(elapsedMs: number): string {
    const seconds = Math.round(elapsedMs / 1_000);
    const clock = `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
    const fresh = this.accepted - this.acceptedAtLastLine;
    this.acceptedAtLastLine = this.accepted;
    return `${clock}  shoppers ${this.shoppers} · accepted ${this.accepted} (+${fresh}) · paid ${this.paid} · sold out ${this.soldOut} · refused ${this.refusedCount} · errors ${this.errors} · submit p95 ${this.submitQuantileMs(0.95)} ms`;
  }

  summary(): string {
    const refused = [...this.refused].sort((a, b) => b[1] - a[1]).map(([code, count]) => `  ${code} ${count}`);
    return [
      `${this.shoppers} shoppers, ${this.requests} requests`,
      `orders accepted ${this.accepted}, paid ${this.paid}, cancelled ${this.cancelled}, left unpaid ${this.abandoned}`,
      `answered sold out ${this.soldOut}`,
      `refused ${this.refusedCount}${refused.length > 0 ? ':' : ''}`,
      ...refused,
      `errors ${this.errors}`,
      `submit ms: median ${this.submitQuantileMs(0.5)}, p95 ${this.submitQuantileMs(0.95)}, p99 ${this.submitQuantileMs(0.99)}`,
    ].join('\n');
  }
}
