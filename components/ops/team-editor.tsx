'use client';

import { call } from '../../lib/client/api.ts';
import { mostShareFen } from '../../lib/domain/team/split.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsTeamsMessages } from '../../lib/messages/ops-teams.ts';
import { StaffChips } from '../staff/staff-chips.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { MomentField, NameFields, NumberField, ScopeField } from './campaign-fields.tsx';
import { EditorFrame, EditorPreview, useEditor } from './editor-frame.tsx';
import { LawFaults } from './law-faults.tsx';
import { GOOD_FOR, TEAM_COUPONS, type TeamDraft, type TeamFaults, teamRequest } from './team-draft.ts';
import { type OpsTeams, saysTeam } from './team-says.ts';

type TeamEditorProps = {
  first: TeamDraft;
  /** The draft was saved before: what the law has against it as it was. */
  faults: OpsTeams['campaigns'][number]['faults'];
  isNew: boolean;
  /** The server's clock when the page was read, epoch ms. */
  now: number;
  categories: OpsTeams['categories'];
  onClose: () => void;
  onSaved: (answer: OpsTeams, isPublished: boolean) => void;
};

type BoxName = Exclude<
  { [Key in keyof TeamDraft]: TeamDraft[Key] extends string ? Key : never }[keyof TeamDraft],
  'id' | 'coupon' | 'goodFor' | 'scope' | 'nameZh' | 'nameEn'
>;

/** A team campaign before it is published: what is wrong in its place, and in plain language what it would be and cost. */
export function TeamEditor({ first, faults: lawFaults, isNew, now, categories, onClose, onSaved }: TeamEditorProps) {
  const words = useMessages(opsTeamsMessages);
  const locale = useLocale();
  const editor = useEditor(first, (draft: TeamDraft) => teamRequest(draft, now));
  const { draft, faults, change, request } = editor;

  function send(isPublished: boolean) {
    return editor.send(
      isPublished ? 'publish' : 'save',
      async (wanted) => {
        const saved = await call('ops.saveTeamCampaign', wanted);
        return saved.ok && isPublished ? call('ops.publishTeamCampaign', { id: draft.id }) : saved;
      },
      (answer) => onSaved(answer, isPublished),
    );
  }

  const box = (name: BoxName, place: keyof TeamFaults, label: string, error?: string) => ({
    id: `team-${name}`,
    label,
    value: draft[name],
    isWrong: faults?.[place],
    error,
    onChange: (value: string) => change({ [name]: value }),
  });
  const terms = request ?? null;

  return (
    <EditorFrame
      title={isNew ? words.make : words.editTitle}
      text={words.publishText}
      editor={editor}
      onSave={() => send(false)}
      onPublish={() => send(true)}
      onClose={onClose}
    >
      {editor.refusal === null && draft === first && <LawFaults faults={lawFaults} />}
      <NameFields draft={draft} isWrong={faults?.name ?? false} change={change} />
      <div className="mt-4 grid grid-cols-2 gap-3 desk:grid-cols-4">
        <NumberField {...box('pot', 'pot', words.pot)} />
        <NumberField {...box('size', 'people', words.size)} />
        <NumberField {...box('least', 'pot', words.least)} />
        <NumberField {...box('leaderExtra', 'pot', words.leaderExtra)} />
      </div>
      <StaffRefused text={faults?.pot ? words.potWrong : null} />
      <div className="mt-3 grid grid-cols-2 gap-3 desk:grid-cols-4">
        <NumberField {...box('gatherHours', 'people', words.gatherHours)} />
        <NumberField {...box('joinsPerDay', 'people', words.joinsPerDay)} />
        <NumberField {...box('openHours', 'openHours', words.openHours, words.openHoursWrong)} />
        <NumberField {...box('consolation', 'consolation', words.consolation, words.consolationWrong)} />
      </div>
      <StaffRefused text={faults?.people ? words.peopleWrong : null} />
      <StaffChips
        legend={words.coupon}
        options={TEAM_COUPONS.map((kind) => [kind, words[`coupon_${kind}`]] as const)}
        chosen={[draft.coupon]}
        onChoose={(coupon) => change({ coupon })}
      />
      {draft.coupon === 'threshold' && (
        <div className="mt-3 grid gap-3 desk:grid-cols-2">
          <NumberField {...box('full', 'coupon', words.full, words.couponWrong(mostText(draft, now)))} />
        </div>
      )}
      <ScopeField draft={draft} categories={categories} isWrong={faults?.scope ?? false} change={change} />
      <StaffChips
        legend={words.goodFor}
        options={GOOD_FOR.map((kind) => [kind, words[`goodFor_${kind}`]] as const)}
        chosen={[draft.goodFor]}
        onChoose={(goodFor) => change({ goodFor })}
      />
      <div className="mt-3 grid gap-3 desk:grid-cols-2">
        {draft.goodFor === 'days' ? (
          <NumberField {...box('days', 'goodFor', words.days, words.goodForWrong)} />
        ) : (
          <MomentField {...box('until', 'goodFor', words.until, words.goodForWrong)} />
        )}
      </div>
      <div className="mt-4 grid gap-3 desk:grid-cols-3">
        <MomentField {...box('startsAt', 'times', words.startsAt)} />
        <MomentField {...box('endsAt', 'times', words.endsAt, words.timesWrong)} />
        <NumberField {...box('budget', 'budget', words.budgetYuan, words.budgetWrong)} />
      </div>
      <EditorPreview sentences={terms && saysTeam(terms, categories, locale)} missing={words.previewMissing} />
    </EditorFrame>
  );
}

/** The largest share that this draft would give; what it is told with a threshold that is too low. */
function mostText(draft: TeamDraft, now: number): string {
  const { request } = teamRequest({ ...draft, coupon: 'red_packet', nameZh: '-', nameEn: '-', scope: 'all' }, now);
  return request ? yuanText(mostShareFen(request)) : draft.pot;
}
