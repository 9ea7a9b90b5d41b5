import type { Metadata } from 'next';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { teamHomeMessages } from '../../../lib/messages/team-home.ts';
import { previewOf } from '../../_pages/preview.ts';
import { OwnTeamsPage } from '../../_pages/team-home.tsx';

const { neutralTitle: title } = teamHomeMessages['zh-CN'];

export const metadata: Metadata = pageMetadata({
  locale: 'zh-CN',
  path: '/team',
  preview: previewOf('/team', 'zh-CN'),
  title,
  isPersonal: true,
});

export default function Page() {
  return <OwnTeamsPage locale="zh-CN" />;
}
