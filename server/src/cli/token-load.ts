import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { look, readRightIn, readTextFile, type TextFile } from '../node/files.ts'
import { type KeySet, readKeySet } from '../token/verify.ts'
import type { WifFile } from '../wif/entity.ts'
import { readWifFile } from '../wif/file.ts'
import type { FederationIssuer } from '../wif/issuer.ts'
import { issuerOf } from '../wif/pairing.ts'
import { type FederationRule, ruleTitle } from '../wif/rule.ts'
import { viewOf, type WorkspaceView } from '../wif/view.ts'
import { displayName, gather, lineOf } from './gather.ts'
import { readGiven } from './given.ts'
import type { TokenOptions } from './token-args.ts'

/** Far above any key set. */
const MAX_KEYS = 16 * 1024 * 1024

/** What the files of the command line hold. */
export interface Loaded {
  rule: FederationRule
  issuer: FederationIssuer | undefined
  jwks: KeySet | undefined
  /** All files that were read, together. */
  view: WorkspaceView
  /** Of the folder; none without one. */
  workspaceRules: readonly FederationRule[]
  /** What a person should know; each a line to print. */
  notes: string[]
}

/** Why the check cannot begin, as one line. */
export interface Failure {
  problem: string
}

/** Reads the files that `options` name. Never throws. */
export async function load(options: TokenOptions, cwd: string): Promise<Loaded | Failure> {
  const { workspace } = options
  // A link or a typing mistake is not a folder without rules.
  const found = workspace === undefined ? undefined : await look(resolve(cwd, workspace))
  if (found && found.is !== 'folder')
    return { problem: `${workspace}: ${'reason' in found ? found.reason : 'it is no folder'}` }
  const gathered = await gather(workspace === undefined ? [] : [workspace], cwd, false)
  const { sources } = gathered
  const notes = gathered.notes.map(told => lineOf(told, cwd))
  const files = new Map(sources.map(source => [source.path, readSource(source)]))
  for (const [path, file] of files) {
    if (!isBroken(file)) continue
    if (file.rules.length + file.issuers.length > 0)
      notes.push(`${displayName(path, cwd)}: not checked, its syntax is broken`)
    files.delete(path)
  }
  const workspaceRules = viewOf([...files.values()]).rules()

  const ruleFile = await readOne(options.rule, cwd, files)
  if ('problem' in ruleFile) return ruleFile
  const rule = chooseRule(options, ruleFile.rules)
  if ('problem' in rule) return rule
  const issuerFile = options.issuer === undefined ? undefined : await readOne(options.issuer, cwd, files)
  if (issuerFile && 'problem' in issuerFile) return issuerFile
  if (!issuerFile && !issuerOf(viewOf([...files.values()]), rule)) await readBeside(options.rule, cwd, files)
  const view = viewOf([...files.values()])
  const issuer = issuerFile ? chooseIssuer(options, rule, issuerFile, ruleFile) : issuerOf(view, rule)
  if (issuer && 'problem' in issuer) return issuer
  const jwks = options.jwks === undefined ? undefined : await readJwks(options.jwks, cwd)
  if (jwks && 'problem' in jwks) return jwks
  return { rule, issuer, jwks, view, workspaceRules, notes }
}

/** The file `name`, which is added to `files` or among them already. */
async function readOne(name: string, cwd: string, files: Map<string, WifFile>): Promise<WifFile | Failure> {
  const path = resolve(cwd, name)
  const source = await readTextFile(path)
  if ('reason' in source) return { problem: `${name}: ${source.reason}` }
  const file = files.get(path) ?? readSource(source)
  files.set(path, file)
  return isBroken(file) ? { problem: `${name}: its syntax is broken, see wif-lint ${name}` } : file
}

/** Adds what lies in the folder of the file `name`: a rule and its issuer are often two files. */
async function readBeside(name: string, cwd: string, files: Map<string, WifFile>): Promise<void> {
  for (const source of await readRightIn(dirname(resolve(cwd, name)))) {
    const file = readSource(source)
    if (!files.has(source.path) && !isBroken(file)) files.set(source.path, file)
  }
}

/** What is cut off or unreadable may be the very matcher that decides. */
function isBroken({ trees }: WifFile): boolean {
  return trees.some(tree => tree.problems.length > 0)
}

function readSource({ path, text, format }: TextFile): WifFile {
  return readWifFile(pathToFileURL(path).href, text, format)
}

function chooseRule({ rule: name, ruleId }: TokenOptions, rules: FederationRule[]): FederationRule | Failure {
  const candidates = rules.filter(
    ({ id, name: title }) => ruleId === undefined || id?.value === ruleId || title?.value === ruleId,
  )
  const [only, ...more] = candidates
  if (only && more.length === 0) return only
  if (rules.length === 0) return { problem: `${name}: no federation rule in it` }
  const titles = rules.map(ruleTitle).join(', ')
  if (only) return { problem: `${name}: which of its rules? Choose by --rule-id: ${titles}` }
  return { problem: `${name}: no rule of that id or name in it, only ${titles}` }
}

function chooseIssuer(
  { issuer: name }: TokenOptions,
  rule: FederationRule,
  file: WifFile,
  ruleFile: WifFile,
): FederationIssuer | Failure {
  const [only, ...more] = file.issuers
  if (!only) return { problem: `${name}: no federation issuer in it` }
  const paired = issuerOf(viewOf([...new Set([file, ruleFile])]), rule)
  if (paired && file.issuers.includes(paired)) return paired
  return more.length === 0 ? only : { problem: `${name}: the rule does not say which of its issuers` }
}

async function readJwks(name: string, cwd: string): Promise<KeySet | Failure> {
  const read = await readGiven(resolve(cwd, name), MAX_KEYS)
  if (!read.ok) return { problem: `${name}: ${read.reason}` }
  try {
    const keys = readKeySet(JSON.parse(read.text))
    if (keys) return keys
  } catch {
    // The same answer: what the parser quotes of the text is of no help.
  }
  return { problem: `${name}: it is no JWKS document, {"keys": [...]}` }
}
