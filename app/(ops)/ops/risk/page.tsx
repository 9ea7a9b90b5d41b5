import { RiskDesk } from '../../../../components/ops/risk-desk.tsx';

export default function Page() {
  return <RiskDesk />;
}
