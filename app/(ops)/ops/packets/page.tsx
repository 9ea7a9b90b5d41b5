import { OpsPacketsScreen } from '../../../screens/ops-packets-screen.tsx';

export default function Page() {
  return <OpsPacketsScreen />;
}
