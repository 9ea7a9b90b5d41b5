import type { Metadata } from 'next';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { packetRoomMessages } from '../../../lib/messages/packet-room.ts';
import { OnePacketPage } from '../../_pages/packet-room.tsx';
import { previewOf } from '../../_pages/preview.ts';

const { neutralTitle: title } = packetRoomMessages['zh-CN'];

export const metadata: Metadata = pageMetadata({
  locale: 'zh-CN',
  path: '/g',
  preview: previewOf('/g', 'zh-CN'),
  title,
  isPersonal: true,
});

export default function Page() {
  return <OnePacketPage locale="zh-CN" />;
}
