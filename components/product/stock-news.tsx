'use client';

import { useEffect, useRef, useState } from 'react';

const QUIET_MS = 5_000;

type StockNewsProps = {
  /** Which threshold is passed; null while nothing is known. Numbers run on without being read out. */
  kind: string | null;
  text: string;
};

/** Reads out what has become of the stock: only when a threshold is passed, and not more often than every 5 s. */
export function StockNews({ kind, text }: StockNewsProps) {
  const [said, setSaid] = useState('');
  const saidAt = useRef(Number.NEGATIVE_INFINITY);
  const before = useRef<string | null>(null);
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  });
  useEffect(() => {
    // What stood there when the page opened is read with the page.
    const isFirst = before.current === null;
    before.current = kind;
    if (isFirst || kind === null) return;
    const waitMs = Math.max(0, saidAt.current + QUIET_MS - performance.now());
    const timer = setTimeout(() => {
      saidAt.current = performance.now();
      setSaid(latest.current);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [kind]);
  return (
    <p aria-live="polite" className="sr-only">
      {said}
    </p>
  );
}
