import { CouponsDesk } from '../../../../components/ops/coupons-desk.tsx';

export default function Page() {
  return <CouponsDesk />;
}
