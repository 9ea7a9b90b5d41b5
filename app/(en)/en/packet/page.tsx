import type { Metadata } from 'next';
import { pageMetadata } from '../../../../components/app-shell/page-metadata.ts';
import { packetHomeMessages } from '../../../../lib/messages/packet-home.ts';
import { OwnPacketsPage } from '../../../_pages/packet-home.tsx';

const { neutralTitle: title } = packetHomeMessages['en-US'];

export const metadata: Metadata = pageMetadata({ locale: 'en-US', path: '/packet', title, isPersonal: true });

export default function Page() {
  return <OwnPacketsPage locale="en-US" />;
}
