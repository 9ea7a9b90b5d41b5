import * as z from 'zod/mini';
import { command, epochShape, idShape, keyShape, localizedShape, read, refusal } from './contract.ts';

/*
 * Words used in this room:
 *
 * - location: where units lie; orders are served from `central`
 * - transfer: units on their way from one location to another (调拨); in transit they are in neither
 */

/** Made by the operator: short, lower case, never changed. */
const locationId = z.string().check(z.regex(/^[a-z][a-z0-9-]{1,30}$/));
const units = z.int().check(z.minimum(1), z.maximum(1_000_000));

export const locationShape = z.object({
  id: idShape,
  name: localizedShape,
  /** Units of all SKUs. */
  onHand: z.int(),
  reserved: z.int(),
  /** On their way to it. */
  arriving: z.int(),
});

export const transferShape = z.object({
  id: z.uuid(),
  skuId: idShape,
  code: z.string(),
  title: localizedShape,
  choice: localizedShape,
  from: idShape,
  to: idShape,
  quantity: z.int(),
  state: z.enum(['in_transit', 'arrived', 'returned']),
  reason: z.string(),
  sentAt: epochShape,
  endedAt: z.nullable(epochShape),
});
export type Transfer = z.output<typeof transferShape>;

export const opsTransfers = read('ops.transfers', {
  who: 'operator',
  summary: 'Locations with their units, and transfers: all in transit and the last 50 that ended',
  request: z.strictObject({
    /** Adds where the units of this SKU lie. */
    skuId: z.optional(idShape),
  }),
  value: z.object({
    locations: z.array(locationShape),
    transfers: z.array(transferShape),
    levels: z.array(z.object({ locationId: idShape, onHand: z.int(), available: z.int() })),
  }),
});

export const opsSaveLocation = command('ops.saveLocation', {
  who: 'operator',
  summary: 'Makes a location, or names it anew',
  request: z.strictObject({
    id: locationId,
    name: z.strictObject({
      zh: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
      en: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
    }),
  }),
  value: z.object({ locations: z.array(locationShape) }),
  refusals: [refusal('too_many_locations', { max: z.int() })],
});

export const opsSendTransfer = command('ops.sendTransfer', {
  who: 'operator',
  summary: 'Sends units on their way; never those that orders or offers hold. Once per key',
  request: z.strictObject({
    key: keyShape,
    skuId: idShape,
    from: idShape,
    to: idShape,
    quantity: units,
    reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
  }),
  value: z.object({ transfer: transferShape }),
  refusals: [
    refusal('below_reserved', { available: z.int() }),
    refusal('unknown_sku'),
    refusal('unknown_location'),
    refusal('same_location'),
  ],
});

export const opsEndTransfer = command('ops.endTransfer', {
  who: 'operator',
  summary: 'The units of a transfer have arrived, or are back where they came from. Once; a repeat changes nothing',
  request: z.strictObject({ id: z.uuid(), outcome: z.enum(['arrived', 'returned']) }),
  value: z.object({ transfer: transferShape }),
  refusals: [refusal('transfer_over', { state: z.string() })],
});
