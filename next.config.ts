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
};

export default config;
