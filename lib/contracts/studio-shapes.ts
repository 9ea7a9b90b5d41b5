import * as z from 'zod/mini';
import { MODELS } from '../domain/sharing/attribution.ts';
import { epochShape, idShape, localizedShape, refusal } from './contract.ts';

/*
 * What marketers make and read. Words as in share.ts, and:
 *
 * - own link:  a link of the shop, made by a marketer; the root of a tree
 * - label:     who made a link: the name he agreed to show, else a pseudonym of this campaign; null for the shop
 * - counted:   how each number is counted is said in lib/messages/studio-counted.ts and docs/sharing.md
 *
 * Every read is for operators, too. Reads, and making and stopping links, may be asked with a token of the API.
 */

export const modelShape = z.enum(MODELS);
export const tagShape = z.string().check(z.trim(), z.maxLength(64));
export const inCampaign = { campaignId: idShape };
export const unknownCampaign = refusal('unknown_campaign');
export const unknownLink = refusal('unknown_link');
export const labelShape = z.nullable(z.string());

export const campaignShape = z.object({
  id: idShape,
  name: localizedShape,
  model: modelShape,
  windowMs: z.int(),
  madeAt: epochShape,
  /** Not the shop's own one, which always is there and cannot be changed. */
  isEditable: z.boolean(),
});
