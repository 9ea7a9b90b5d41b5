import type { Metadata } from 'next';
import { pageMetadata } from '../../../../components/app-shell/page-metadata.ts';
import { packetRoomMessages } from '../../../../lib/messages/packet-room.ts';
import { OnePacketPage } from '../../../_pages/packet-room.tsx';
import { previewOf } from '../../../_pages/preview.ts';

const { neutralTitle: title } = packetRoomMessages['en-US'];

export const metadata: Metadata = pageMetadata({
  locale: 'en-US',
  path: '/g',
  preview: previewOf('/g', 'en-US'),
  title,
  isPersonal: true,
});

export default function Page() {
  return <OnePacketPage locale="en-US" />;
}
