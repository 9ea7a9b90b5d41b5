import type { Metadata } from 'next';
import { ProductPage, productMetadata, productParams } from '../../../../_pages/product.tsx';

type Props = { params: Promise<{ handle: string }> };

export const dynamicParams = false;
export const generateStaticParams = productParams;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return productMetadata('en-US', (await params).handle);
}

export default async function Page({ params }: Props) {
  return <ProductPage locale="en-US" handle={(await params).handle} />;
}
