import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** One registry per process; labels stay small: never a shopper, an order or a SKU. */
export function openMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requests: new Counter({
      name: 'festa_requests_total',
      help: 'Answers by contract and outcome code',
      labelNames: ['contract', 'outcome'],
      registers: [registry],
    }),
    requestSeconds: new Histogram({
      name: 'festa_request_seconds',
      help: 'Time to answer by contract',
      labelNames: ['contract'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers: [registry],
    }),
    batchSize: new Histogram({
      name: 'festa_sequencer_batch_commands',
      help: 'Commands settled by one transaction',
      buckets: [1, 2, 5, 10, 25, 50, 100, 200, 400],
      registers: [registry],
    }),
    queueDepth: new Gauge({ name: 'festa_sequencer_queue', help: 'Commands that wait', registers: [registry] }),
    riskDecisions: new Counter({
      name: 'risk_decisions_total',
      help: 'Decisions about requests for rewards, by mechanic and what was decided',
      labelNames: ['mechanic', 'decision'],
      registers: [registry],
    }),
    riskCanaryPass: new Counter({
      name: 'risk_canary_pass_total',
      help: 'Planted frauds that succeeded; anything but 0 closes the gate',
      registers: [registry],
    }),
    counter: (name: string, help: string) => new Counter({ name, help, registers: [registry] }),
    labelled: <L extends string>(name: string, help: string, label: L) =>
      new Counter({ name, help, labelNames: [label], registers: [registry] }),
    gauge: (name: string, help: string) => new Gauge({ name, help, registers: [registry] }),
  };
}

export type Metrics = ReturnType<typeof openMetrics>;
