import type { Metadata } from 'next';
import { pageMetadata } from '../../../../components/app-shell/page-metadata.ts';
import { walletMessages } from '../../../../lib/messages/wallet.ts';
import { OwnWalletPage } from '../../../_pages/coupons.tsx';

const { title } = walletMessages['en-US'];

export const metadata: Metadata = pageMetadata({ locale: 'en-US', path: '/wallet', title, isPersonal: true });

export default function Page() {
  return <OwnWalletPage locale="en-US" />;
}
