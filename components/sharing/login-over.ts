import type { ReactNode } from 'react';

/** Signing in over the page, without leaving it. */
export type LoginOver = (props: { open: boolean; onClose: () => void; onDone: () => void }) => ReactNode;
