import type { Metadata } from 'next';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { packetHomeMessages } from '../../../lib/messages/packet-home.ts';
import { OwnPacketsPage } from '../../_pages/packet-home.tsx';

const { neutralTitle: title } = packetHomeMessages['zh-CN'];

export const metadata: Metadata = pageMetadata({ locale: 'zh-CN', path: '/packet', title, isPersonal: true });

export default function Page() {
  return <OwnPacketsPage locale="zh-CN" />;
}
