import { OpsTeamsScreen } from '../../../screens/ops-teams-screen.tsx';

export default function Page() {
  return <OpsTeamsScreen />;
}
