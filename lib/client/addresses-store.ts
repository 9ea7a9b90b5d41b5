'use client';
import { useEffect } from 'react';
import { create } from 'zustand';
import type { Address } from '../contracts/identity.ts';
import type { RequestNamed } from '../contracts/named.ts';
import { call } from './api.ts';
import { useMe, useSession } from './session.ts';
import type { AnswerNamed } from './wire.ts';

type AddressBook = {
  /** Default first; null until the server has answered. */
  readonly addresses: readonly Address[] | null;
  /** Why there is no answer. */
  readonly failure: { readonly code: string; readonly message?: string } | null;
};

const EMPTY: AddressBook = { addresses: null, failure: null };
const useBook = create<AddressBook>(() => EMPTY);

/** The signed-in shopper's addresses; loaded once, then kept up to date by the answers of its commands. */
export function useAddresses(): AddressBook & { isSignedIn: boolean; isKnown: boolean } {
  const { person, isKnown } = useMe();
  const isSignedIn = person?.isVerified === true;
  const book = useBook();
  const shopperId = isSignedIn ? person.id : null;
  useEffect(() => {
    if (shopperId !== null && useBook.getState().addresses === null) void loadAddresses();
  }, [shopperId]);
  return { ...book, isSignedIn, isKnown };
}

export async function loadAddresses(): Promise<void> {
  useBook.setState({ failure: null });
  keepAnswer(await call('address.list', {}));
}

/** Adds or replaces; safe to send twice, because the phone makes the id. */
export async function saveAddress(address: RequestNamed<'address.save'>): Promise<AnswerNamed<'address.save'>> {
  return keepAnswer(await call('address.save', address));
}

export async function removeAddress(id: string): Promise<AnswerNamed<'address.remove'>> {
  return keepAnswer(await call('address.remove', { id }));
}

type Answer = AnswerNamed<'address.list'> | AnswerNamed<'address.save'> | AnswerNamed<'address.remove'>;

function keepAnswer<A extends Answer>(answer: A): A {
  if (answer.ok) useBook.setState({ addresses: answer.value.addresses, failure: null });
  else if (useBook.getState().addresses === null) useBook.setState({ failure: answer.refusal });
  return answer;
}

// Somebody else's addresses are never shown, not even for a moment.
useSession.subscribe(({ person }, before) => {
  if (person?.id !== before.person?.id) useBook.setState(EMPTY);
});
