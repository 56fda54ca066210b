/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  reactStrictMode: true,
  // Types are checked by `npm run check`; whoever only starts the product need not wait for it.
  typescript: { ignoreBuildErrors: true },
  typedRoutes: true,
  images: { unoptimized: true },
  devIndicators: false,
  // Node packages with native parts or side effects stay outside the bundle.
  serverExternalPackages: ['pino', 'postgres', 'nodemailer'],
  // Arguments of server actions are small here; the default of 1 MB is an invitation.
  experimental: { serverActions: { bodySizeLimit: '64kb' } },
}
