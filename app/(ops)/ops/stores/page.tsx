import { StoresDesk } from '../../../../components/ops/stores-desk.tsx';

export default function Page() {
  return <StoresDesk />;
}
