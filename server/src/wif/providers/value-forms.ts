import type { ValueForm } from './provider.ts'

/** Forms of claim values that people write in another way. Each reason is the rest of a sentence. */

const BRANCH = 'refs/heads/'

/** Git's own name: `refs/heads/main`. */
export const wholeRef: ValueForm = {
  reason: 'a ref is written whole, as `refs/heads/<branch>` or `refs/tags/<tag>`',
  fits: value => /^refs\/./.test(value),
  mend: value => BRANCH + value.replace(/^\/?(?:heads\/)?/, ''),
}

/** The name alone: `main`. */
export const shortRef: ValueForm = {
  reason: 'a branch or tag is written as its name alone, without `refs/heads/`',
  fits: value => !value.startsWith('refs/'),
  mend: value => value.replace(/^refs\/(?:heads|tags)\//, ''),
}

/** A file with the ref it is taken from: `acme/app/.github/workflows/x.yml@refs/heads/main`. */
export const workflowRef: ValueForm = {
  reason: 'the file is followed by `@` and its whole ref, as `@refs/heads/<branch>`, or its commit',
  fits: value => /.@(?:refs\/.|[0-9a-f]{40}$)/.test(value),
  mend: value => (/.@./.test(value) ? value.replace('@', `@${BRANCH}`) : undefined),
}

/** `owner/name`, or with more groups before it. */
export const fullName: ValueForm = {
  reason: 'its owner or group stands before the name, with a `/`',
  fits: value => /^[^/]+\/[^/]/.test(value),
}

/** One name, of which no path is a part. */
export const singleName: ValueForm = {
  reason: 'it is the name of the owner alone',
  fits: value => !value.includes('/'),
  mend: value => /^([\w-]+)\//.exec(value)?.[1],
}

export const digits: ValueForm = {
  reason: 'an id has only digits',
  fits: value => /^\d+$/.test(value),
}

export const accountNumber: ValueForm = {
  reason: 'an account has 12 digits',
  fits: value => /^\d{12}$/.test(value),
}

export const address: ValueForm = {
  reason: 'an address has an `@`',
  fits: value => /.@./.test(value),
}

/** One of a few words. */
export function words(...known: string[]): ValueForm {
  return {
    reason: `it is ${known.map(word => `\`${word}\``).join(' or ')}`,
    fits: value => known.includes(value),
  }
}
