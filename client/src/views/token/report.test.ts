import { describe, expect, test, vi } from 'vitest'
import { URI } from 'vscode-uri'
import type {
  CheckedRule,
  CheckedStep,
  ExchangeResult,
  TokenReport,
} from '../../../../server/src/lsp/token-protocol.ts'

vi.mock('vscode', () => ({
  l10n: { t: (text: string, ...values: unknown[]) => text.replace(/\{(\d)\}/g, (_, i) => String(values[i])) },
  workspace: { isTrusted: true },
  Uri: URI,
}))
const { reportPage } = await import('./report.ts')

const EVIL = `"><img src=x onerror=alert(1)><script>alert(2)</script>\u202e'`
const place = {
  uri: 'file:///w/rules/a%20b.json',
  range: { start: { line: 4, character: 2 }, end: { line: 4, character: 9 } },
}
const ref = { uri: place.uri, index: 0 }

const step = (more: Partial<CheckedStep> = {}): CheckedStep => ({
  step: 'subject',
  result: 'pass',
  message: '`sub` is fine',
  place,
  page: undefined,
  compare: undefined,
  write: undefined,
  parts: [],
  ...more,
})

const rule = (more: Partial<CheckedRule> = {}): CheckedRule => ({
  ref,
  title: 'prod',
  place,
  verdict: 'admitted',
  message: undefined,
  steps: [step()],
  ids: { rule: undefined, organization: undefined, serviceAccount: undefined, workspace: undefined },
  ...more,
})

function report(more: Partial<TokenReport> = {}): TokenReport {
  const checked = more.rule ?? rule()
  return {
    kind: 'Amazon EKS, by its issuer',
    size: 1024,
    now: 1_800_000_000,
    header: { alg: 'RS256' },
    claims: { sub: 'a', exp: 1_800_003_600 },
    rule: checked,
    rules: [checked],
    notes: [],
    redacted: '',
    ...more,
  }
}

const handlers = () => ({
  open: vi.fn(),
  page: vi.fn(),
  choose: vi.fn(),
  write: vi.fn(),
  signature: vi.fn(),
  draft: vi.fn(),
  copy: vi.fn(),
  again: vi.fn(),
})

/** The page without its tags, as somebody reads it. */
function read(markup: string): string {
  return markup
    .replace(/<svg[^>]*aria-label="([^"]*)".*?<\/svg>/g, ' [$1] ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
}

/** Presses the button with this text. */
function press({ body, actions }: ReturnType<typeof reportPage>, text: string): void {
  const buttons = [...body.markup.matchAll(/<button[^>]*data-act="(\d+)"[^>]*>(.*?)<\/button>/gs)]
  const found = buttons.find(([, , content]) => content?.includes(text))
  if (!found) throw new Error(`no button ${text}`)
  actions[Number(found[1])]?.()
}

test('nothing that a token or a file says becomes markup', () => {
  const evil = rule({
    title: EVIL,
    message: EVIL,
    place: { ...place, uri: `file:///w/${EVIL}` },
    steps: [
      step({ result: 'fail', message: EVIL, claim: EVIL, write: EVIL }),
      step({ compare: { token: EVIL, wanted: EVIL, at: 3, hint: EVIL } }),
      step({ parts: [1, 2].map(() => ({ text: EVIL, result: 'fail', message: EVIL, place })) }),
    ],
  })
  const { body } = reportPage(
    report({
      rule: evil,
      header: { [EVIL]: EVIL },
      claims: { [EVIL]: { deep: [EVIL] }, exp: 1e300, iat: 1_800_000_000 },
      notes: [{ severity: 'info', message: EVIL, page: undefined }],
    }),
    handlers(),
  )
  expect(body.markup).not.toMatch(/<(img|script)/)
  for (const [tag] of body.markup.matchAll(/<[^>]+>/g)) expect(tag).not.toMatch(/ (on\w+|style|src|href)=/)
  expect(body.markup, 'no character turns the text around').not.toMatch(/\p{Cf}/u)
})

test('every step says aloud what came of it, and steps of one kind have one name', () => {
  const steps = [
    step({ step: 'claims', message: '"a" is "b"' }),
    step({ step: 'claims', result: 'fail', message: 'The token has no claim "c"' }),
    step({ step: 'time', result: 'unknown', message: 'Who knows' }),
    step({ step: 'mint', result: 'skipped', message: 'Later' }),
  ]
  const { body } = reportPage(report({ rule: rule({ verdict: 'denied', steps }) }), handlers())
  const text = read(body.markup)
  expect(text).toContain('[Denied] prod denies this token')
  expect(text).toContain('[Passed] Claims &quot;a&quot; is &quot;b&quot; a b.json:5')
  expect(text).toContain('[Failed] Claims The token has no claim')
  expect(text).toContain('[Not known] Time Who knows')
  expect(text).toContain('[Skipped] Claude token Later')
  expect(body.markup.match(/class="name unseen">Claims/g)).toHaveLength(1)
})

test('the two values stand below each other, marked where they differ', () => {
  const compare = { token: 'repo:Acme', wanted: 'repo:acme', at: 5, hint: 'only upper and lower case differ' }
  const { body } = reportPage(
    report({ rule: rule({ steps: [step({ result: 'fail', claim: 'sub', compare, write: 'repo:Acme' })] }) }),
    handlers(),
  )
  expect(body.markup).toContain('<code>repo:<mark>A</mark>cme</code>')
  expect(body.markup).toContain('<code>repo:<mark>a</mark>cme</code>')
  expect(read(body.markup)).toContain('sub is not what the rule asks for: only upper and lower case differ')
})

test('the mark keeps characters whole and stands for one that is not there', () => {
  const page = (token: string, wanted: string, at: number) => {
    const steps = [step({ compare: { token, wanted, at, hint: '' } })]
    return reportPage(report({ rule: rule({ steps }) }), handlers()).body.markup
  }
  expect(page('a😀b', 'a', 1)).toContain('a<mark>😀</mark>b')
  expect(page('a😀b', 'a', 1)).toContain('a<mark> </mark>')
})

test('backticks mark what is written in files; one that has no partner stays', () => {
  const message = (text: string) =>
    reportPage(report({ rule: rule({ steps: [step({ message: text })] }) }), handlers()).body.markup
  expect(message('`sub` is `a`')).toContain('<code>sub</code> is <code>a</code>')
  expect(message('`sub` is "a`b"')).toContain('<code>sub</code> is &quot;a`b&quot;')
})

test('the buttons do what they say', () => {
  const on = handlers()
  const wrong = step({
    result: 'fail',
    write: 'x',
    page: { rule: 'token/match-failed', uri: 'file:///p.md' },
  })
  const page = reportPage(
    report({ rule: rule({ steps: [wrong, step({ step: 'signature', result: 'unknown' })] }) }),
    on,
  )
  press(page, 'Check Again')
  press(page, 'Draft a Rule')
  press(page, 'Copy Redacted')
  press(page, 'a b.json:5')
  press(page, 'About token/match-failed')
  press(page, 'value into the rule')
  press(page, 'Check the signature')
  press(page, 'prod')
  expect(on.again).toHaveBeenCalledOnce()
  expect(on.draft).toHaveBeenCalledOnce()
  expect(on.copy).toHaveBeenCalledOnce()
  expect(on.open).toHaveBeenCalledWith(place)
  expect(on.page).toHaveBeenCalledWith(wrong.page)
  expect(on.write).toHaveBeenCalledWith(wrong)
  expect(on.signature).toHaveBeenCalledOnce()
})

test('a rule of the list can be chosen; the one that is shown is marked', () => {
  const on = handlers()
  const other = {
    ...rule({ title: 'other', verdict: 'unknown', message: 'Why' }),
    ref: { uri: place.uri, index: 1 },
  }
  const page = reportPage(report({ rules: [other, rule()] }), on)
  press(page, 'other')
  expect(on.choose).toHaveBeenCalledWith(other.ref)
  expect(page.body.markup.match(/aria-current="true"/g)).toHaveLength(1)
  const text = read(page.body.markup)
  expect(text.indexOf('[Not known] other'), 'who admits comes first').toBeGreaterThan(
    text.indexOf('[Admitted] prod'),
  )
})

test('moments are written by the page; what is no moment stays a number', () => {
  const claims = { exp: 1_800_003_600, iat: 1e300, nbf: '1' }
  const { body } = reportPage(report({ claims }), handlers())
  expect(body.markup).toContain(
    '<time datetime="2027-01-15T09:00:00.000Z" data-form="both" data-away="3600">2027-01-15T09:00:00.000Z</time>',
  )
  expect(body.markup.match(/<time /g)).toHaveLength(2)
})

test('without a rule the report says so', () => {
  const { body } = reportPage({ ...report(), rule: undefined, rules: [] }, handlers())
  expect(read(body.markup)).toContain('There is no rule in this workspace')
})

describe('the exchange', () => {
  const section = (exchanged: ExchangeResult) => read(reportPage(report(), handlers(), exchanged).body.markup)

  test('that granted a token shows what kind, how long and for what', () => {
    const text = section({
      outcome: {
        is: 'granted',
        prefix: 'sk-ant-oat01-',
        expiresIn: 3600,
        scope: 'workspace:inference',
        requestId: 'req_1',
      },
      reasons: [],
    })
    expect(text).toContain('[Passed] A Claude token was granted: sk-ant-oat01-…')
    expect(text).toContain('lives 3600 s workspace:inference request req_1')
  })

  test('that was refused shows the likeliest reasons', () => {
    const text = section({
      outcome: {
        is: 'refused',
        status: 401,
        type: 'authentication_error',
        message: 'Authentication failed',
        requestId: undefined,
      },
      reasons: ['One', EVIL],
    })
    expect(text).toContain(
      '[Failed] The service refused the token: 401, authentication_error, Authentication failed',
    )
    expect(text).toContain('Most likely because One &quot;&gt;&lt;img')
  })

  test('that failed says whether the token may be used up', () => {
    const failed = (sent: boolean) =>
      section({ outcome: { is: 'failed', problem: 'No answer', sent }, reasons: [] })
    expect(failed(false)).toContain('No answer. The token was not sent.')
    expect(failed(true)).toContain('No answer. The token was sent and may be used up.')
  })
})
