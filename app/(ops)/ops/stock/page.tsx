import { StockDesk } from '../../../../components/ops/stock-desk.tsx';

export default function Page() {
  return <StockDesk />;
}
