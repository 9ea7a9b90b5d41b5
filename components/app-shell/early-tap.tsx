'use client';

import { useEffect } from 'react';

declare global {
  interface Window {
    /** Made by the first lines of a published page; gone once it was called. */
    festaReady?: () => void;
  }
}

/** Says that buttons can be pressed from now on; one that was tapped before the scripts had come is pressed now. */
export function EarlyTap(): null {
  useEffect(() => window.festaReady?.(), []);
  return null;
}
