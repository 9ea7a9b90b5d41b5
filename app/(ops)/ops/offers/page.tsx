import { OffersDesk } from '../../../../components/ops/offers-desk.tsx';

export default function Page() {
  return <OffersDesk />;
}
