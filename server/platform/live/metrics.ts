import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What the live edge counts; labels are few and fixed. */
export function openLiveMetrics(registry: Registry) {
  const registers = [registry];
  return {
    sockets: new Gauge({ name: 'festa_live_sockets', help: 'Open sockets', registers }),
    refused: new Counter({
      name: 'festa_live_refused_total',
      help: 'Handshakes refused, by reason',
      labelNames: ['reason'],
      registers,
    }),
    ended: new Counter({
      name: 'festa_live_ended_total',
      help: 'Sockets ended by the guard, by reason',
      labelNames: ['reason'],
      registers,
    }),
    refusedMessages: new Counter({
      name: 'festa_live_refused_messages_total',
      help: 'Messages up that were refused, by code',
      labelNames: ['code'],
      registers,
    }),
    frames: new Counter({ name: 'festa_live_frames_total', help: 'Frames written to phones', registers }),
    stale: new Counter({
      name: 'festa_live_stale_total',
      help: 'Frames not written because the phone had not taken the last; it got a snapshot later',
      registers,
    }),
    sweepSeconds: new Histogram({
      name: 'festa_live_sweep_seconds',
      help: 'One tick: encoding and writing to every phone',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5],
      registers,
    }),
    periodSeconds: new Gauge({ name: 'festa_live_period_seconds', help: 'Time from tick to tick', registers }),
    slimmed: new Counter({
      name: 'festa_live_slimmed_total',
      help: 'Sockets whose handshake request was let go',
      registers,
    }),
  };
}

export type LiveMetrics = ReturnType<typeof openLiveMetrics>;
