/** What the worker should do with what it keeps; nothing happens where there is none. */
export function tellWorker(message: {
  type: 'REPLAY' | 'FORGET' | 'KEEP' | 'SKIP_WAITING';
  urls?: readonly string[];
}): void {
  navigator.serviceWorker?.controller?.postMessage(message);
}

/** Call at sign-out: edits that still wait must not be sent in the name of the next person. */
export const forgetQueuedEdits = () => tellWorker({ type: 'FORGET' });
