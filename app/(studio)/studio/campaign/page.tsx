import { Suspense } from 'react';
import { CampaignPage } from '../../../../components/studio/campaign-page.tsx';
import { DeskSkeleton } from '../../../../components/studio/desk-skeleton.tsx';
import { catalogue } from '../../../catalogue.ts';

export default function Page() {
  const categories = catalogue().categories.map(({ id, name }) => ({ id, name }));
  return (
    <Suspense fallback={<DeskSkeleton />}>
      <CampaignPage categories={categories} />
    </Suspense>
  );
}
