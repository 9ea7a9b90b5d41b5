import { MessagesDesk } from '../../../../components/ops/messages-desk.tsx';

export default function Page() {
  return <MessagesDesk />;
}
