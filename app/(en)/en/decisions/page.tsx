import type { Metadata } from 'next';
import { pageMetadata } from '../../../../components/app-shell/page-metadata.ts';
import { riskDecisionsMessages } from '../../../../lib/messages/risk-decisions.ts';
import { OwnDecisionsPage } from '../../../_pages/decisions.tsx';

const { title } = riskDecisionsMessages['en-US'];

export const metadata: Metadata = pageMetadata({ locale: 'en-US', path: '/decisions', title, isPersonal: true });

export default function Page() {
  return <OwnDecisionsPage />;
}
