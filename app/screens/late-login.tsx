'use client';

import { useEffect, useState } from 'react';
import type { LoginSheet } from '../../components/identity/login-sheet.tsx';

type LateLoginProps = { open: boolean; onClose: () => void; onDone: () => void };

/** Signing in over a page; its form comes after the page, because who is signed in needs none. */
export function LateLogin(props: LateLoginProps) {
  const [Login, setLogin] = useState<typeof LoginSheet | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for after the page, and again by a tap if that failed
  useEffect(() => {
    import('../../components/identity/login-sheet.tsx').then(
      (module) => setLogin(() => module.LoginSheet),
      () => {
        // No network: the next tap asks again.
      },
    );
  }, [props.open]);
  return Login === null ? null : <Login {...props} />;
}
