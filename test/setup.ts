import fc from 'fast-check'

// The same cases on every run: a test that fails must fail again.
fc.configureGlobal({ seed: 20261123 })
