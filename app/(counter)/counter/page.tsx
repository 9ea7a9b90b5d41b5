import { CounterFrame } from '../../../components/counter/counter-frame.tsx';

export default function Page() {
  return <CounterFrame />;
}
