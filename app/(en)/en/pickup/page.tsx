import type { Metadata } from 'next';
import { pageMetadata } from '../../../../components/app-shell/page-metadata.ts';
import { pickupCodeMessages } from '../../../../lib/messages/pickup-code.ts';
import { PickupCodePage } from '../../../_pages/pickup.tsx';

const { title } = pickupCodeMessages['en-US'];

export const metadata: Metadata = pageMetadata({ locale: 'en-US', path: '/pickup', title, isPersonal: true });

export default function Page() {
  return <PickupCodePage locale="en-US" />;
}
