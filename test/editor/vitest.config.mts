import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/editor/**/*.test.ts'],
    // Installs code-server, which the first time takes longer than any hook should.
    globalSetup: 'test/editor/harness.ts',
    // Every file starts an editor of its own, and two at once would slow each other into timeouts.
    fileParallelism: false,
    watch: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
})
