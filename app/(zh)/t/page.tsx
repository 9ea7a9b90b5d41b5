import type { Metadata } from 'next';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { teamRoomMessages } from '../../../lib/messages/team-room.ts';
import { previewOf } from '../../_pages/preview.ts';
import { OneTeamPage } from '../../_pages/team-room.tsx';

const { neutralTitle: title } = teamRoomMessages['zh-CN'];

export const metadata: Metadata = pageMetadata({
  locale: 'zh-CN',
  path: '/t',
  preview: previewOf('/t', 'zh-CN'),
  title,
  isPersonal: true,
});

export default function Page() {
  return <OneTeamPage locale="zh-CN" />;
}
