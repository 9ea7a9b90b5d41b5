import { PromotionsDesk } from '../../../../components/ops/promotions-desk.tsx';

export default function Page() {
  return <PromotionsDesk />;
}
