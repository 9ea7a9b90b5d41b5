import type { Metadata } from 'next';
import { pageMetadata } from '../../../../components/app-shell/page-metadata.ts';
import { packetHomeMessages } from '../../../../lib/messages/packet-home.ts';
import { OwnPacketsPage } from '../../../_pages/packet-home.tsx';
import { previewOf } from '../../../_pages/preview.ts';

const { neutralTitle: title } = packetHomeMessages['en-US'];

export const metadata: Metadata = pageMetadata({
  locale: 'en-US',
  path: '/packet',
  preview: previewOf('/packet', 'en-US'),
  title,
  isPersonal: true,
});

export default function Page() {
  return <OwnPacketsPage locale="en-US" />;
}
