import type { NextConfig } from 'next';

/** The shop is files: a static export, no server of Next's at run time (docs/adr/0001). */
const config: NextConfig = {
  output: 'export',
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  agentRules: false,
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  // Two root layouts, one per language: the 404 page is a document of its own.
  experimental: { globalNotFound: true },
  // Named by the publisher after what the pages are made from: the same shop gives the same bytes.
  generateBuildId: () => process.env.FESTA_BUILD_ID ?? null,
};

export default config;
