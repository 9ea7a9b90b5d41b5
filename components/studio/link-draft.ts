import type { RequestNamed } from '../../lib/contracts/named.ts';
import { cleanTag } from '../../lib/domain/sharing/share-link.ts';
import { fromBeijingInput } from '../../lib/domain/venue/beijing-time.ts';

type MakeLink = RequestNamed<'studio.makeLink'>;

export const TAG_BOXES = ['channel', 'utmSource', 'utmMedium', 'utmCampaign', 'utmTerm', 'utmContent'] as const;
export type TagBox = (typeof TAG_BOXES)[number];

/** What is typed, as it is typed. */
export type LinkDraft = { readonly [Box in TagBox]: string } & {
  readonly landing: string | null;
  readonly note: string;
  readonly expires: string;
};

export const EMPTY_LINK: LinkDraft = {
  landing: null,
  channel: '',
  utmSource: '',
  utmMedium: '',
  utmCampaign: '',
  utmTerm: '',
  utmContent: '',
  note: '',
  expires: '',
};

export type LinkFaults = { readonly landing: boolean; readonly tags: readonly TagBox[]; readonly expires: boolean };

/** What would be sent, and what is wrong with it. */
export function linkRequest(
  draft: LinkDraft,
  to: { readonly campaignId: string; readonly key: string; readonly nowMs: number },
): { request: MakeLink | null; faults: LinkFaults } {
  const expiresAt = draft.expires === '' ? null : fromBeijingInput(draft.expires);
  const faults = {
    landing: draft.landing === null,
    tags: TAG_BOXES.filter((box) => draft[box].trim() !== '' && cleanTag(draft[box]) === null),
    expires: draft.expires !== '' && (expiresAt === null || expiresAt <= to.nowMs),
  };
  if (draft.landing === null || faults.tags.length > 0 || faults.expires) return { request: null, faults };
  const tags = TAG_BOXES.flatMap((box) => (draft[box].trim() === '' ? [] : [[box, draft[box].trim()] as const]));
  const request = {
    campaignId: to.campaignId,
    key: to.key,
    landing: draft.landing,
    ...Object.fromEntries(tags),
    note: draft.note.trim(),
    ...(expiresAt === null ? {} : { expiresAt }),
  };
  return { request, faults };
}
