import type { Metadata } from 'next';
import { pageMetadata } from '../../../../components/app-shell/page-metadata.ts';
import { teamRoomMessages } from '../../../../lib/messages/team-room.ts';
import { previewOf } from '../../../_pages/preview.ts';
import { OneTeamPage } from '../../../_pages/team-room.tsx';

const { neutralTitle: title } = teamRoomMessages['en-US'];

export const metadata: Metadata = pageMetadata({
  locale: 'en-US',
  path: '/t',
  preview: previewOf('/t', 'en-US'),
  title,
  isPersonal: true,
});

export default function Page() {
  return <OneTeamPage locale="en-US" />;
}
