import { Suspense } from 'react';
import { CompareDesk } from '../../../../components/studio/compare-desk.tsx';
import { DeskSkeleton } from '../../../../components/studio/desk-skeleton.tsx';

export default function Page() {
  return (
    <Suspense fallback={<DeskSkeleton />}>
      <CompareDesk />
    </Suspense>
  );
}
