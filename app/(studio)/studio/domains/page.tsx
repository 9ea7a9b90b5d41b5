import { DomainsDesk } from '../../../../components/studio/domains-desk.tsx';

export default function Page() {
  return <DomainsDesk />;
}
