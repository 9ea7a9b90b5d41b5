'use client';

import { type FormEvent, useId, useState } from 'react';
import { saveAddress } from '../../lib/client/addresses-store.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import type { Address } from '../../lib/contracts/identity.ts';
import { identityMessages } from '../../lib/messages/identity.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input, inputClass } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { type Region, RegionPicker } from './region-picker.tsx';

type AddressFormProps = {
  /** What is edited; null for a new one. */
  address: Address | null;
  /** Called with the id of the saved address. */
  onSaved: (id: string) => void;
};

type Faults = Partial<Record<'name' | 'phone' | 'region' | 'street', string>>;

/** One address. Each fault is said under its field, and the first of them takes the focus. */
export function AddressForm({ address, onSaved }: AddressFormProps) {
  const words = useMessages(identityMessages);
  const locale = useLocale();
  const fieldId = useId();
  // Made once per form, so that a second tap or a retry saves the same address.
  const [addressId] = useState(() => address?.id ?? crypto.randomUUID());
  const [name, setName] = useState(address?.name ?? '');
  const [phone, setPhone] = useState(address?.phone ?? '');
  const [region, setRegion] = useState<Region | null>(address);
  const [street, setStreet] = useState(address?.street ?? '');
  const [isDefault, setIsDefault] = useState(address?.isDefault ?? false);
  const [isPicking, setIsPicking] = useState(false);
  const [faults, setFaults] = useState<Faults>({});
  const [refused, setRefused] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const findFaults = (): Faults => ({
    ...(name.trim() === '' && { name: words.receiverWrong }),
    ...(!/^1[3-9]\d{9}$/.test(phone) && { phone: words.phoneWrong }),
    ...(region === null && { region: words.regionWrong }),
    ...(street.trim().length < 2 && { street: words.streetWrong }),
  });

  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = findFaults();
    setFaults(found);
    const first = Object.keys(found)[0];
    if (first !== undefined) return document.getElementById(`${fieldId}-${first}`)?.focus();
    if (isBusy || region === null) return;
    setIsBusy(true);
    setRefused(null);
    const { provinceCode, cityCode, areaCode } = region;
    const answer = await saveAddress({
      id: addressId,
      name: name.trim(),
      phone,
      provinceCode,
      cityCode,
      areaCode,
      region: region.region,
      street: street.trim(),
      isDefault,
    });
    setIsBusy(false);
    if (answer.ok) onSaved(addressId);
    else setRefused(refusalText(answer.refusal, locale));
  };

  return (
    <>
      <form noValidate onSubmit={save} className="flex flex-col gap-3 pt-1">
        <Field id={`${fieldId}-name`} label={words.receiver} error={faults.name}>
          <Input
            id={`${fieldId}-name`}
            autoComplete="shipping name"
            maxLength={25}
            value={name}
            invalid={faults.name !== undefined}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field id={`${fieldId}-phone`} label={words.phone} error={faults.phone}>
          <Input
            id={`${fieldId}-phone`}
            type="tel"
            inputMode="numeric"
            autoComplete="shipping tel-national"
            value={phone}
            invalid={faults.phone !== undefined}
            onChange={(event) => setPhone(event.target.value.replace(/\D/g, '').slice(0, 11))}
          />
        </Field>
        <Field id={`${fieldId}-region`} label={words.region} error={faults.region}>
          <button
            type="button"
            id={`${fieldId}-region`}
            aria-haspopup="dialog"
            aria-describedby={`${fieldId}-region-error`}
            onClick={() => setIsPicking(true)}
            className={`${inputClass} flex items-center text-left ${faults.region ? 'border-lacquer' : ''}`}
          >
            <span className={`flex-1 ${region ? '' : 'text-ink-3'}`}>{region?.region ?? words.regionPlaceholder}</span>
            <Icon name="down" className="size-4 text-ink-2" />
          </button>
        </Field>
        <Field id={`${fieldId}-street`} label={words.street} error={faults.street}>
          <Input
            id={`${fieldId}-street`}
            autoComplete="shipping street-address"
            placeholder={words.streetPlaceholder}
            maxLength={100}
            value={street}
            invalid={faults.street !== undefined}
            onChange={(event) => setStreet(event.target.value)}
          />
        </Field>
        <label className="flex min-h-11 items-center gap-2 text-14">
          <input
            type="checkbox"
            checked={isDefault}
            onChange={(event) => setIsDefault(event.target.checked)}
            className="size-5 accent-[var(--lacquer)]"
          />
          {words.makeDefault}
        </label>
        {refused !== null && (
          <p role="alert" className="text-14 text-on-lacquer-soft">
            {refused}
          </p>
        )}
        <Button type="submit" size="l" wide busy={isBusy}>
          {isBusy ? words.saving : words.save}
        </Button>
      </form>
      <RegionPicker
        open={isPicking}
        onClose={() => setIsPicking(false)}
        onChoose={(chosen) => {
          setRegion(chosen);
          setFaults((before) => ({ ...before, region: undefined }));
          setIsPicking(false);
        }}
      />
    </>
  );
}
