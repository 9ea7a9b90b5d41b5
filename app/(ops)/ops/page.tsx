import { OrdersDesk } from '../../../components/ops/orders-desk.tsx';

export default function Page() {
  return <OrdersDesk />;
}
