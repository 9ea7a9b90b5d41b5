import type { Metadata } from 'next';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { packetHomeMessages } from '../../../lib/messages/packet-home.ts';
import { OwnPacketsPage } from '../../_pages/packet-home.tsx';
import { previewOf } from '../../_pages/preview.ts';

const { neutralTitle: title } = packetHomeMessages['zh-CN'];

export const metadata: Metadata = pageMetadata({
  locale: 'zh-CN',
  path: '/packet',
  preview: previewOf('/packet', 'zh-CN'),
  title,
  isPersonal: true,
});

export default function Page() {
  return <OwnPacketsPage locale="zh-CN" />;
}
