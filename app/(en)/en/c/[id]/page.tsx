import type { Metadata } from 'next';
import { CategoryPage, categoryMetadata, categoryParams } from '../../../../_pages/category.tsx';

type Props = { params: Promise<{ id: string }> };

export const dynamicParams = false;
export const generateStaticParams = categoryParams;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return categoryMetadata('en-US', (await params).id);
}

export default async function Page({ params }: Props) {
  return <CategoryPage locale="en-US" id={(await params).id} />;
}
