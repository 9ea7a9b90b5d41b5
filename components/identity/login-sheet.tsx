'use client';

import { identityMessages } from '../../lib/messages/identity.ts';
import { useMessages } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { LoginForm } from './login-form.tsx';

type LoginSheetProps = { open: boolean; onClose: () => void; onDone: () => void };

/** Signing in where the shopper is: the page underneath keeps its cart and its place. */
export function LoginSheet({ open, onClose, onDone }: LoginSheetProps) {
  const words = useMessages(identityMessages);
  return (
    <Sheet open={open} onClose={onClose} title={words.loginLead}>
      {open && <LoginForm onDone={onDone} />}
    </Sheet>
  );
}
