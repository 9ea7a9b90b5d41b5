import type { Metadata } from 'next';
import { pageMetadata } from '../../../../components/app-shell/page-metadata.ts';
import { teamHomeMessages } from '../../../../lib/messages/team-home.ts';
import { previewOf } from '../../../_pages/preview.ts';
import { OwnTeamsPage } from '../../../_pages/team-home.tsx';

const { neutralTitle: title } = teamHomeMessages['en-US'];

export const metadata: Metadata = pageMetadata({
  locale: 'en-US',
  path: '/team',
  preview: previewOf('/team', 'en-US'),
  title,
  isPersonal: true,
});

export default function Page() {
  return <OwnTeamsPage locale="en-US" />;
}
