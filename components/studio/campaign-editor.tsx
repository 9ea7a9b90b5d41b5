'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { MODELS, type Model } from '../../lib/domain/sharing/attribution.ts';
import { studioMessages } from '../../lib/messages/studio.ts';
import { studioCampaignsMessages } from '../../lib/messages/studio-campaigns.ts';
import { StaffChips } from '../staff/staff-chips.tsx';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import type { StudioCampaign } from './campaigns-desk.tsx';

type CampaignEditorProps = {
  /** Null: a new one. What is there keeps its model and its days. */
  campaign: StudioCampaign | null;
  onClose: () => void;
  onSaved: () => void;
};

const WINDOW_DAYS = '7';

/** Makes a campaign, or gives it another name. */
export function CampaignEditor({ campaign, onClose, onSaved }: CampaignEditorProps) {
  const words = useMessages(studioCampaignsMessages);
  const common = useMessages(studioMessages);
  const locale = useLocale();
  const [id] = useState(() => campaign?.id ?? `c-${crypto.randomUUID().slice(0, 13)}`);
  const [zh, setZh] = useState(campaign?.name.zh ?? '');
  const [en, setEn] = useState(campaign?.name.en ?? '');
  const [model, setModel] = useState<Model>(campaign?.model ?? 'last');
  const [days, setDays] = useState(WINDOW_DAYS);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const windowDays = /^\d{1,2}$/.test(days.trim()) ? Number(days) : 0;
  const isWindowWrong = windowDays < 1 || windowDays > 30;

  async function save() {
    setTried(true);
    if (zh.trim() === '' || en.trim() === '' || isWindowWrong) return;
    setBusy(true);
    const answer = await call('studio.saveCampaign', {
      id,
      name: { zh: zh.trim(), en: en.trim() },
      model,
      windowDays: campaign ? Math.round(campaign.windowMs / 86_400_000) : windowDays,
    });
    setBusy(false);
    if (answer.ok) onSaved();
    else setRefused(refusedText(answer.refusal, locale));
  }

  const name = (key: 'zh' | 'en', value: string, change: (value: string) => void) => {
    const isMissing = isTried && value.trim() === '';
    const label = key === 'zh' ? words.nameZh : words.nameEn;
    return (
      <Field id={`name-${key}`} label={label} error={isMissing ? words.nameWrong : null}>
        <Input
          id={`name-${key}`}
          lang={key === 'zh' ? 'zh-CN' : 'en'}
          maxLength={60}
          value={value}
          invalid={isMissing}
          onChange={(event) => change(event.target.value)}
        />
      </Field>
    );
  };

  return (
    <StaffPanel
      title={campaign ? words.editTitle : words.newTitle}
      onClose={onClose}
      foot={
        <>
          <StaffRefused text={refused} />
          <Button wide busy={isBusy} onClick={() => void save()}>
            {words.save}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {name('zh', zh, setZh)}
        {name('en', en, setEn)}
      </div>
      {campaign === null && (
        <>
          <StaffChips
            legend={common.model}
            options={MODELS.map((one) => [one, common[`model_${one}`]] as const)}
            chosen={[model]}
            onChoose={setModel}
          />
          <div className="mt-4">
            <Field id="window" label={words.windowDays} error={isTried && isWindowWrong ? words.windowWrong : null}>
              <Input
                id="window"
                inputMode="numeric"
                maxLength={2}
                value={days}
                invalid={isTried && isWindowWrong}
                onChange={(event) => setDays(event.target.value)}
              />
            </Field>
          </div>
          <p className="mt-3 text-14 text-ink-2">{words.modelText}</p>
        </>
      )}
    </StaffPanel>
  );
}
