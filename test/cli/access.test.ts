import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ChangeReport, ListReport } from '../../server/src/cli/access-report.ts'
import { folderWith, wifLint } from './harness.ts'

const CLAUDE = 'https://api.anthropic.com'
const EXACT = 'system:serviceaccount:inference:worker'
const WIDE = 'system:serviceaccount:inference:*'

function rule(subject: string, more: object = {}): string {
  return JSON.stringify(
    {
      id: 'fdrl_01A',
      name: 'worker',
      issuer_id: 'fdis_01A',
      match: { subject_prefix: subject, audience: CLAUDE },
      target: { type: 'service_account', service_account_id: 'svac_01A' },
      workspace_id: 'wrkspc_01A',
      oauth_scope: 'workspace:inference',
      ...more,
    },
    null,
    2,
  )
}

const pod = (account: string) => `apiVersion: v1
kind: Pod
metadata: { name: ${account}, namespace: inference }
spec:
  serviceAccountName: ${account}
  volumes:
    - name: claude
      projected: { sources: [{ serviceAccountToken: { audience: ${CLAUDE}, path: token } }] }
  containers:
    - name: app
      image: app:1
      env: [{ name: ANTHROPIC_IDENTITY_TOKEN_FILE, value: /claude/token }]
      volumeMounts: [{ name: claude, mountPath: /claude }]
`

const FILES = {
  'rules/rule.json': rule(EXACT),
  'k8s/worker.yaml': pod('worker'),
  'k8s/batch.yaml': pod('batch'),
}

/** Git as a person has it, with nothing of the machine's own configuration. */
const ENV = {
  PATH: process.env.PATH ?? '',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'n',
  GIT_AUTHOR_EMAIL: 'n@example.com',
  GIT_COMMITTER_NAME: 'n',
  GIT_COMMITTER_EMAIL: 'n@example.com',
}

/** A repository with these files in one commit, and what one does in it. */
function repository(files: Record<string, string>, prepare: (repo: Repository) => void = () => {}) {
  const folder = folderWith(files)
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: folder, env: ENV, encoding: 'utf8' }).trim()
  const repo = {
    folder,
    git,
    write(name: string, text: string) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    },
    commit() {
      git('add', '-A')
      git('commit', '-q', '--allow-empty', '-m', 'a change')
      return git('rev-parse', 'HEAD')
    },
    lint: (argv: string[], cwd = folder) => wifLint(cwd, ['access', ...argv], { env: ENV }),
    async changes(argv: string[] = [], cwd = folder): Promise<ChangeReport> {
      const { stdout, stderr } = await repo.lint(['--since', 'HEAD', '--format', 'json', ...argv], cwd)
      expect(stderr).toBe('')
      return JSON.parse(stdout)
    },
  }
  git('init', '-q', '-b', 'main')
  prepare(repo)
  repo.commit()
  return repo
}

interface Repository {
  folder: string
  git(...args: string[]): string
  write(name: string, text: string): void
}

/** "wider rules/rule.json worker", for each difference. */
const brief = ({ changes }: ChangeReport) =>
  changes.map(({ direction, file, title }) => `${direction} ${file} ${title}`)

describe('who gets in', () => {
  test('as text', async () => {
    const folder = folderWith({
      ...FILES,
      'rules/idle.json': rule('arn:aws:iam::1:role/x', { id: 'b', name: 'idle' }),
    })
    const { code, stdout, stderr } = await wifLint(folder, ['access'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe(`rules/idle.json:1 idle (svac_01A, workspace:inference)
  admits no workload of these files

rules/rule.json:1 worker (svac_01A, workspace:inference)
  ✓ Pod inference/worker  ${EXACT}  k8s/worker.yaml:1

2 rules, 1 of 2 workloads admitted
`)
  })

  test('as JSON and as Markdown', async () => {
    const folder = folderWith(FILES)
    const report: ListReport = JSON.parse((await wifLint(folder, ['access', '--format', 'json'])).stdout)
    expect(report.summary).toEqual({ rules: 1, workloads: 2, admitted: 1 })
    expect(report.rules[0]).toMatchObject({
      id: 'fdrl_01A',
      target: 'svac_01A',
      file: 'rules/rule.json',
      line: 1,
    })
    expect(report.rules[0]?.admits).toEqual([
      {
        title: 'Pod inference/worker',
        file: 'k8s/worker.yaml',
        line: 1,
        subject: EXACT,
        audience: CLAUDE,
        how: 'admitted',
      },
    ])
    const { stdout } = await wifLint(folder, ['access', '--format', 'markdown'])
    expect(stdout).toContain(
      '| `worker` | `rules/rule.json:1` | `svac_01A` `workspace:inference` | `Pod inference/worker` |',
    )
  })
})

describe('since a revision', () => {
  test('nothing has changed', async () => {
    const repo = repository(FILES)
    const { code, stdout } = await repo.lint(['--since', 'HEAD', '--fail-on-widening'])
    expect(code).toBe(0)
    expect(stdout).toContain('Who gets in has not changed')
  })

  test('a wider subject, and whom it lets in', async () => {
    const repo = repository(FILES)
    const commit = repo.git('rev-parse', 'HEAD')
    repo.write('rules/rule.json', rule(WIDE))
    const { code, stdout, stderr } = await repo.lint(['--since', 'main', '--fail-on-widening'])
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toBe(`Since main (${commit.slice(0, 12)}):

rules/rule.json:1 rule worker: wider
  + subject_prefix: "${EXACT}" -> "${WIDE}"
  + newly admits Pod inference/batch system:serviceaccount:inference:batch k8s/batch.yaml:1

1 wider; workloads: 1 newly admitted, 0 no longer
`)
    const report = await repo.changes()
    expect(report).toMatchObject({
      version: 1,
      since: { revision: 'HEAD', commit },
      widened: 'yes',
      summary: { wider: 1, other: 0, unclear: 0, narrower: 0, newlyAdmitted: 1, noLongerAdmitted: 0 },
    })
    expect(report.changes[0]?.changes).toEqual([
      { aspect: 'subject', field: 'subject_prefix', direction: 'wider', before: EXACT, after: WIDE },
    ])
    expect((await repo.lint(['--since', 'main'])).code).toBe(0)
  })

  test('narrower is no reason to fail, what cannot be compared is one', async () => {
    const repo = repository({ 'rule.json': rule(WIDE) })
    repo.write('rule.json', rule(EXACT))
    expect((await repo.lint(['--since', 'HEAD', '--fail-on-widening'])).code).toBe(0)
    repo.write('rule.json', rule('system:serviceaccount:<namespace>:*'))
    expect((await repo.lint(['--since', 'HEAD', '--fail-on-widening'])).code).toBe(1)
  })

  test('moved files, and files with any name', async () => {
    const name = 'a "b"\n\tü é/💡 rule.json'
    const repo = repository({ ...FILES, [name]: rule('x', { id: 'fdrl_02B', name: 'odd' }) })
    renameSync(join(repo.folder, 'rules'), join(repo.folder, 'moved'))
    expect(brief(await repo.changes())).toEqual([])
    repo.write(name, rule('x*', { id: 'fdrl_02B', name: 'odd' }))
    expect(brief(await repo.changes())).toEqual([`wider ${name} odd`])
    const { stdout } = await repo.lint(['--since', 'HEAD'])
    expect(stdout).toContain('a "b"\\n\\tü é/💡 rule.json:1 rule odd: wider')
  })

  test('only below the paths that are named, and with what is gone since', async () => {
    const repo = repository({ ...FILES, 'other/rule.json': rule('x', { id: 'fdrl_02B', name: 'other' }) })
    repo.write('other/rule.json', rule('x*', { id: 'fdrl_02B', name: 'other' }))
    rmSync(join(repo.folder, 'rules'), { recursive: true })
    expect(brief(await repo.changes(['rules']))).toEqual(['narrower rules/rule.json worker'])
    expect(brief(await repo.changes(['other/rule.json']))).toEqual(['wider other/rule.json other'])
    expect(brief(await repo.changes([], join(repo.folder, 'other')))).toEqual(['wider rule.json other'])
    const { code, stderr } = await repo.lint(['--since', 'HEAD', 'never'])
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'wif-lint: never: no such file or folder\n' })
  })

  test('through a link to the working folder', async () => {
    const repo = repository(FILES)
    const link = join(folderWith(), 'link')
    symlinkSync(repo.folder, link)
    repo.write('rules/rule.json', rule(WIDE))
    expect(brief(await repo.changes([], link))).toEqual(['wider rules/rule.json worker'])
  })

  test('what git ignores counts on neither side, tracked or not', async () => {
    const repo = repository({
      ...FILES,
      'build/rule.json': rule('x', { id: 'fdrl_02B' }),
      'build/keep.json': rule('y', { id: 'fdrl_03C' }),
    })
    repo.write('.gitignore', 'build/*\n!build/keep.json\n')
    repo.git('add', '-A')
    repo.git('commit', '-q', '-m', 'ignore')
    expect(brief(await repo.changes())).toEqual([])
    expect(brief(await repo.changes(['build']))).toEqual([])
    repo.write('build/keep.json', rule('y*', { id: 'fdrl_03C' }))
    repo.write('build/rule.json', rule('x*', { id: 'fdrl_02B' }))
    expect(brief(await repo.changes())).toEqual(['wider build/keep.json worker'])
  })

  test('where the branch was left', async () => {
    const repo = repository(FILES)
    repo.git('checkout', '-q', '-b', 'feature')
    repo.write('rules/rule.json', rule(WIDE))
    repo.commit()
    repo.git('checkout', '-q', 'main')
    repo.write('rules/new.json', rule('x', { id: 'fdrl_02B', name: 'new' }))
    repo.commit()
    repo.git('checkout', '-q', 'feature')
    const read = async (since: string) =>
      JSON.parse((await repo.lint(['--since', since, '--format', 'json'])).stdout)
    expect(brief(await read('main...'))).toEqual(['wider rules/rule.json worker'])
    expect(brief(await read('main'))).toEqual(['wider rules/rule.json worker', 'narrower rules/new.json new'])
  })

  test('links, submodules and what Git LFS keeps are passed over', async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12\nissuer_url subject_prefix\n`
    const repo = repository({ ...FILES, 'big.yaml': pointer }, ({ folder, git }) => {
      symlinkSync('rules/rule.json', join(folder, 'link.json'))
      git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module`)
    })
    const { code, stdout, stderr } = await repo.lint(['--since', 'HEAD'])
    expect(code).toBe(0)
    expect(stdout).toContain('has not changed')
    expect(stderr).toMatch(/^(wif-lint: big\.yaml: not compared, Git LFS keeps it elsewhere\n)?$/)
  })

  test('a file that cannot be read now is a failure, and was then a note', async () => {
    const repo = repository(FILES)
    repo.write('rules/rule.json', rule(EXACT).slice(0, -2))
    const broken = await repo.lint(['--since', 'HEAD'])
    expect(broken.code).toBe(2)
    expect(broken.stderr).toContain('rules/rule.json: its syntax is broken, so what it admits cannot be told')
    repo.commit()
    repo.write('rules/rule.json', rule(EXACT))
    const mended = await repo.lint(['--since', 'HEAD'])
    expect(mended.code).toBe(0)
    expect(mended.stderr).toContain(
      'rules/rule.json: its syntax was broken then, only what could be read of it is compared',
    )
  })
})

test('a broken file that never said anything of federation is a note', async () => {
  const repo = repository({ ...FILES, 'theme.json': '// issuer_url, subject_prefix, jwks\n{ "a": ' })
  const { code, stderr } = await repo.lint(['--since', 'HEAD'])
  expect(code).toBe(0)
  expect(stderr).toMatch(
    /^(wif-lint: theme\.json: its syntax is broken, nothing of federation could be read in it\n)?$/,
  )
})

describe('a pull request comment', () => {
  test('says what is wider first, and nothing in it is markup of a stranger', async () => {
    const repo = repository({
      'a.json': rule(WIDE, { id: 'fdrl_02B', name: 'narrowed' }),
      'b.json': rule(EXACT),
      'c.yaml': pod('batch'),
    })
    repo.write('a.json', rule(EXACT, { id: 'fdrl_02B', name: 'narrowed' }))
    repo.write('b.json', rule('x|<img src=x>`@someone`*', { name: '[a](https://b.example) | c\n# d' }))
    const { stdout } = await repo.lint(['--since', 'HEAD', '--format', 'markdown'])
    expect(stdout.indexOf('rule `[a](https://b.example) | c')).toBeGreaterThan(0)
    expect(stdout.indexOf('rule `narrowed`')).toBeGreaterThan(
      stdout.indexOf('rule `[a](https://b.example) | c'),
    )
    expect(stdout).toContain(
      '**Access may have widened.** 1 that cannot be compared, 1 narrower; workloads: 1 newly admitted, 1 no longer',
    )
    const outside = stdout.replace(/`[^`\n]*`|<\/?code>/g, '')
    expect(outside).not.toMatch(/<img|@someone|\]\(|^# d/m)
    for (const line of stdout.split('\n').filter(each => each.startsWith('|')))
      expect(line.replace(/`[^`]*`/g, '').match(/\|/g)).toHaveLength(5)
  })
})

describe('wrong usage', () => {
  const CASES: [string[], string][] = [
    [['--since'], '--since needs a value; see wif-lint access --help'],
    [['--fail-on-widening'], '--fail-on-widening needs --since REVISION; see wif-lint access --help'],
    [['--format', 'sarif'], '--format is text, json or markdown, not "sarif"; see wif-lint access --help'],
    [['--sinse', 'x'], 'unknown option --sinse (did you mean --since?); see wif-lint access --help'],
    [['--since', 'nope'], 'no revision "nope" in this repository; in CI it may have to be fetched first'],
    [
      ['--since=--output=x'],
      'no revision "--output=x" in this repository; in CI it may have to be fetched first',
    ],
    [
      ['--since', 'HEAD:rules'],
      'no revision "HEAD:rules" in this repository; in CI it may have to be fetched first',
    ],
    [['--since', 'a..b'], 'no revision "a..b" in this repository; in CI it may have to be fetched first'],
    [
      ['--since', 'HEAD\nx'],
      'no revision "HEAD\\nx" in this repository; in CI it may have to be fetched first',
    ],
  ]
  test.each(CASES)('%j', async (argv, problem) => {
    const { code, stdout, stderr } = await repository(FILES).lint(argv)
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `wif-lint: ${problem}\n` })
  })

  test('no repository, another repository, no git', async () => {
    const folder = folderWith(FILES)
    const env = { ...ENV, GIT_CEILING_DIRECTORIES: dirname(folder) }
    const run = (argv: string[], itsEnv: Record<string, string>) =>
      wifLint(folder, ['access', '--since', 'HEAD', ...argv], { env: itsEnv })
    expect(await run([], env)).toMatchObject({
      code: 2,
      stderr: 'wif-lint: --since needs a git repository, and the working folder is in none\n',
    })
    expect(await run([], { ...env, PATH: `${folder}:.` })).toMatchObject({
      code: 2,
      stderr: 'wif-lint: --since needs git, which is not in PATH\n',
    })
    const { code, stderr } = await repository(FILES).lint(['--since', 'HEAD', folder])
    expect(code).toBe(2)
    expect(stderr).toContain('it is not in the git repository')
  })

  test('--help', async () => {
    const { code, stdout } = await wifLint(folderWith(), ['access', '--help'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Usage: wif-lint access /)
  })
})

test('nothing of the repository is executed, whatever its configuration says', async () => {
  const repo = repository({ ...FILES, '.gitattributes': '*.json diff=evil filter=evil\n' })
  const trap = join(repo.folder, '.git/trap.sh')
  const sprung = join(repo.folder, '.git/sprung')
  writeFileSync(trap, `#!/bin/sh\ntouch '${sprung}'\ncat\n`)
  chmodSync(trap, 0o755)
  for (const setting of [
    'core.fsmonitor',
    'core.pager',
    'diff.external',
    'diff.evil.textconv',
    'diff.evil.command',
    'filter.evil.smudge',
    'filter.evil.clean',
    'core.sshCommand',
    'alias.rev-parse',
  ])
    repo.git('config', setting, setting.startsWith('alias') ? `!${trap}` : trap)
  repo.git('config', 'core.hooksPath', dirname(trap))
  writeFileSync(join(repo.folder, 'git'), `#!/bin/sh\ntouch '${sprung}'\n`)
  chmodSync(join(repo.folder, 'git'), 0o755)
  rmSync(sprung, { force: true })
  repo.write('rules/rule.json', rule(WIDE))
  expect(brief(await repo.changes())).toEqual(['wider rules/rule.json worker'])
  expect(existsSync(sprung)).toBe(false)
})
