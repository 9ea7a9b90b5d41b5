'use client';

import type { Address } from '../../lib/contracts/identity.ts';
import { identityMessages } from '../../lib/messages/identity.ts';
import { cx } from '../ui/cx.ts';
import { Icon } from '../ui/icon.tsx';
import { useMessages } from '../ui/locale.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Tag } from '../ui/tag.tsx';

type AddressListProps = {
  addresses: readonly Address[];
  /** The one in use, where one is chosen. */
  chosenId?: string | null;
  /** Where one is chosen: a tap on the address. */
  onChoose?: (address: Address) => void;
  onEdit: (address: Address) => void;
  onRemove: (address: Address) => void;
};

export function AddressList({ addresses, chosenId, onChoose, onEdit, onRemove }: AddressListProps) {
  const words = useMessages(identityMessages);
  return (
    <ul className="flex flex-col gap-3">
      {addresses.map((address) => {
        const isChosen = address.id === chosenId;
        return (
          <li
            key={address.id}
            className={cx('rounded-card border bg-card', isChosen ? 'border-lacquer' : 'border-line')}
          >
            {onChoose === undefined ? (
              <div className="p-3">
                <AddressWords address={address} />
              </div>
            ) : (
              <button
                type="button"
                aria-pressed={isChosen}
                onClick={() => onChoose(address)}
                className="pressable block w-full p-3 text-left"
              >
                <AddressWords address={address} isChosen={isChosen} />
              </button>
            )}
            <div className="flex justify-end border-line border-t">
              <button
                type="button"
                onClick={() => onEdit(address)}
                className="inline-flex min-h-11 items-center gap-1 px-3 text-14 text-ink-2"
              >
                <Icon name="edit" className="size-4" />
                {words.edit}
              </button>
              <button
                type="button"
                onClick={() => onRemove(address)}
                className="inline-flex min-h-11 items-center gap-1 px-3 text-14 text-ink-2"
              >
                <Icon name="trash" className="size-4" />
                {words.remove}
              </button>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function AddressWords({ address, isChosen }: { address: Address; isChosen?: boolean }) {
  const words = useMessages(identityMessages);
  return (
    <>
      <span className="flex items-center gap-2 text-16 font-semibold">
        <span className="min-w-0 truncate">{address.name}</span>
        <span className="figures text-14 font-normal text-ink-2">{address.phone}</span>
        {address.isDefault && <Tag tone="act">{words.defaultTag}</Tag>}
        {isChosen && <Icon name="check" className="ml-auto size-5 text-lacquer" />}
      </span>
      <span className="mt-1 block text-14 text-ink-2">
        {address.region} {address.street}
      </span>
    </>
  );
}

/** The boxes of two addresses, before they are there. */
export function AddressSkeleton() {
  return (
    <div className="flex flex-col gap-3">
      <Skeleton className="h-31 rounded-card" />
      <Skeleton className="h-31 rounded-card" />
    </div>
  );
}
