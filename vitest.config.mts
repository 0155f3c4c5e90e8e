import { defineConfig } from 'vitest/config'
import manifest from './package.json' with { type: 'json' }
import { compileSchemas } from './scripts/compile-schemas.mjs'

export default defineConfig(() => {
  // The validators are generated and not in git: tests must not need a build first.
  compileSchemas()
  return {
    define: { __VERSION__: JSON.stringify(manifest.version) },
    test: {
      include: ['{server,client}/src/**/*.test.ts', 'test/**/*.test.ts'],
      // These need an editor and a browser: `npm run test:editor`.
      exclude: ['test/editor/**'],
      setupFiles: ['test/setup.ts'],
      // What a developer's machine may have set, and what is said then.
      env: { HTTPS_PROXY: '', https_proxy: '' },
      testTimeout: 20_000,
    },
  }
})
