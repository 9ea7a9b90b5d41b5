import * as z from 'zod/mini';
import { localizedShape, refusal } from './contract.ts';

/** A rule that a campaign breaks: its code, the article that it rests on, and what to change. */
export const lawFaultShape = z.object({ code: z.string(), article: localizedShape, says: localizedShape });
export type LawFaultSaid = z.output<typeof lawFaultShape>;

/** What breaks the law is not published, whoever agrees. */
export const campaignUnlawful = refusal('campaign_unlawful', { faults: z.array(lawFaultShape) });
