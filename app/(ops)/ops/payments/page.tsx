import { PaymentsDesk } from '../../../../components/ops/payments-desk.tsx';

export default function Page() {
  return <PaymentsDesk />;
}
