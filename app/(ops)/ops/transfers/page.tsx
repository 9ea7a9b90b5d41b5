import { TransfersDesk } from '../../../../components/ops/transfers-desk.tsx';

export default function Page() {
  return <TransfersDesk />;
}
