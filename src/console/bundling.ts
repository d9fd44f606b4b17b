import type { BuildOptions, Plugin } from 'esbuild'

/** zod carries its messages in fifty languages, and the scripts show none of them. */
const withoutMessages: Plugin = {
  name: 'without-messages-of-zod',
  setup(build) {
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: 'export {}' }))
  },
}

/** How every script and style for browsers is made. */
export const BUNDLING = {
  bundle: true,
  format: 'esm',
  // What else the scripts need, Ed25519 in Web Crypto, came later and is reported when it is absent.
  target: ['es2023', 'chrome125', 'firefox128', 'safari18'],
  minify: true,
  legalComments: 'inline',
  logLevel: 'warning',
  plugins: [withoutMessages],
} as const satisfies BuildOptions
