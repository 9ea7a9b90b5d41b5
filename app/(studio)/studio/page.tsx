import { CampaignsDesk } from '../../../components/studio/campaigns-desk.tsx';

export default function Page() {
  return <CampaignsDesk />;
}
