import { linkedPage, previewKey } from '../../lib/domain/sharing/linked-page.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { catalogue } from '../catalogue.ts';

/** The drawn card of a page that is no product's, for apps that are given its plain address. */
export function previewOf(path: string, locale: Locale): string | undefined {
  return catalogue().previews[previewKey(linkedPage(path), locale === 'zh-CN' ? 'zh' : 'en')];
}
