import type { Metadata } from 'next';
import { pageMetadata } from '../../../../components/app-shell/page-metadata.ts';
import { couponCentreMessages } from '../../../../lib/messages/coupon-centre.ts';
import { CouponsPage } from '../../../_pages/coupons.tsx';
import { previewOf } from '../../../_pages/preview.ts';

const { title } = couponCentreMessages['en-US'];

export const metadata: Metadata = pageMetadata({
  locale: 'en-US',
  path: '/coupons',
  preview: previewOf('/coupons', 'en-US'),
  title,
});

export default function Page() {
  return <CouponsPage locale="en-US" />;
}
