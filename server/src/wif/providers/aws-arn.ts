import { isPlaceholder } from '../placeholder.ts'
import { pieceEnd } from './piece.ts'
import type { Segment, SubjectGrammar, SubjectReading } from './provider.ts'
import { type Fail, failing, withSoundSuggestions } from './subject-fields.ts'

/**
 * The subject of an STS identity token: the ARN of an IAM role (or user), with its path. Sources: IAM
 * user guide "IAM identifiers" (ARN, names and paths) and "Understanding token claims" (`sub`).
 */
const PARTITIONS = ['aws', 'aws-us-gov', 'aws-cn', 'aws-eusc', 'aws-iso']
const NAME = /^[\w+=,.@-]*$/
const PRINCIPALS = ['role/', 'user/']

/** The session of a role, as `sts get-caller-identity` prints it, and slips that carry the same parts. */
const SESSION = /^arn:([^:]*):(?:sts|iam):[^:]*:([^:]*):assumed-role\/([^/]+)(?:\/[\s\S]*)?$/

function read(text: string): SubjectReading {
  const segments: Segment[] = []
  const incomplete: SubjectReading = { segments, complete: false }
  const fail = failing(segments)

  // arn : partition : service : region : account : resource
  const ends: number[] = []
  for (let at = 0; ends.length < 5 && at <= text.length; ) {
    const end = pieceEnd(text, at, ':')
    ends.push(end)
    at = end + 1
  }
  const part = (index: number) => {
    const start = index === 0 ? 0 : (ends[index - 1] ?? text.length) + 1
    const end = ends[index] ?? text.length
    return {
      start,
      end,
      closed: end < text.length,
      value: text.slice(start, end),
      missing: start > text.length,
    }
  }
  const isWord = (words: string[], { value, closed }: { value: string; closed: boolean }) =>
    isPlaceholder(value) || words.some(word => (closed ? word === value : word.startsWith(value)))

  const arn = part(0)
  if (!isWord(['arn'], arn)) {
    if (/^A(?:ROA|IDA|SIA)[A-Z0-9]*$/.test(arn.value)) {
      return fail('tokens carry the ARN of the role, not its unique id', 0, arn.end)
    }
    const lower = arn.value.toLowerCase() === 'arn' ? `arn${text.slice(3)}` : undefined
    return fail('it must begin with `arn:`', 0, arn.end, lower)
  }
  const partition = part(1)
  if (partition.missing) return incomplete
  if (!isWord(PARTITIONS, partition) && !/^aws-iso[a-z-]*$/.test(partition.value)) {
    return fail(
      'the partition is `aws`, `aws-us-gov`, `aws-cn` or another of AWS',
      partition.start,
      partition.end,
    )
  }
  const service = part(2)
  if (service.missing) return incomplete
  const session = SESSION.exec(text)
  if (session) {
    const role = `arn:${session[1]}:iam::${session[2]}:role/${session[3]}`
    return fail(
      'tokens carry the ARN of the IAM role, never that of a session',
      service.start,
      text.length,
      role,
    )
  }
  if (!isWord(['iam'], service)) {
    const reason = 'sts'.startsWith(service.value)
      ? 'tokens carry the ARN of an IAM role or user, never that of an STS session'
      : 'the service in the ARN must be `iam`'
    return fail(reason, service.start, service.end)
  }
  const region = part(3)
  if (region.missing) return incomplete
  if (region.value !== '') {
    // One colon short (`arn:aws:iam:123456789012:role/x`), or a region that IAM does not have.
    const account = /^\d+$/.test(region.value) || isPlaceholder(region.value)
    const suggestion = `${text.slice(0, region.start)}${account ? ':' : ''}${text.slice(account ? region.start : region.end)}`
    return fail('IAM has no region: two colons follow `iam`', region.start, region.end, suggestion)
  }
  const account = part(4)
  if (account.missing) return incomplete
  if (account.value !== '') {
    const { value, start, end, closed } = account
    segments.push({ name: 'account', level: 'tenant', text: value, start, end, closed })
  }
  const digits = account.closed ? /^\d{12}$/ : /^\d{0,12}$/
  if (!digits.test(account.value) && !isPlaceholder(account.value)) {
    return fail('the account must have 12 digits', account.start, Math.max(account.end, account.start + 1))
  }
  if (!account.closed) return incomplete
  return readResource(text, account.end + 1, segments, fail)
}

function readResource(text: string, start: number, segments: Segment[], fail: Fail): SubjectReading {
  const resource = text.slice(start)
  if (resource === 'root') {
    segments.push({
      name: 'root user',
      level: 'workload',
      text: 'root',
      start,
      end: text.length,
      closed: false,
    })
    return { segments, complete: true }
  }
  const kind = PRINCIPALS.find(each => resource.startsWith(each))
  if (kind === undefined) {
    const may = resource === '' || [...PRINCIPALS, 'root'].some(each => each.startsWith(resource))
    if (may || isPlaceholder(resource)) return { segments, complete: false }
    const colon = /^(role|user):/.exec(resource)
    const suggestion = colon ? `${text.slice(0, start)}${colon[1]}/${resource.slice(5)}` : undefined
    return fail('`role/` or `user/` follows the account', start, pieceEnd(text, start, ':/'), suggestion)
  }
  const word = kind.slice(0, -1)
  for (let at = start + kind.length; at < text.length; ) {
    const end = pieceEnd(text, at, '/')
    const value = text.slice(at, end)
    const closed = end < text.length
    if (value === '') return fail(`a name is missing between the slashes of the ${word} path`, at, at + 1)
    segments.push({
      name: closed ? `${word} path` : word,
      level: closed ? 'project' : 'workload',
      text: value,
      start: at,
      end,
      closed,
      // A name is unique in its account whatever the path, so the whole ARN leaves no path open.
      ...(!closed && { alsoPins: ['project'] }),
    })
    if (!NAME.test(value) && !isPlaceholder(value)) {
      return fail(`${word} names and paths have only letters, digits and \`_+=,.@-\``, at, end)
    }
    if (!closed) return { segments, complete: value.length <= 64 }
    at = end + 1
  }
  return { segments, complete: false }
}

export const arnSubject: SubjectGrammar = {
  shape: 'arn:aws:iam::<account>:role/<path/><name>',
  marker: 'arn:',
  separators: ':/',
  read: withSoundSuggestions(read),
}
