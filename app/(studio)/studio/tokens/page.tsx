import { TokensDesk } from '../../../../components/studio/tokens-desk.tsx';

export default function Page() {
  return <TokensDesk />;
}
