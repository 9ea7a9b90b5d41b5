import { SessionsDesk } from '../../../../components/ops/sessions-desk.tsx';

export default function Page() {
  return <SessionsDesk />;
}
