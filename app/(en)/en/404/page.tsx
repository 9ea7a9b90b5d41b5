import type { Metadata } from 'next';
import { NotFoundPage } from '../../../../components/app-shell/not-found-page.tsx';
import { appShellMessages } from '../../../../lib/messages/app-shell.ts';

export const metadata: Metadata = { title: appShellMessages['en-US'].notFoundTitle, robots: { index: false } };

/** What unknown addresses of the English tree are answered with; those of the Chinese one get the framework's own. */
export default function NotFoundInEnglish() {
  return <NotFoundPage locale="en-US" />;
}
