import { ChecksDesk } from '../../../../components/ops/checks-desk.tsx';

export default function Page() {
  return <ChecksDesk />;
}
