/**
 * What the linter knows of an identity provider, as plain data and small pure functions.
 * A lint rule asks the provider; it never compares host names or splits subjects itself.
 */

/** The three dimensions a rule can pin, from widest to narrowest (see `pins.ts`). */
export type Level = 'tenant' | 'project' | 'workload'

/** One part of a subject, with offsets (UTF-16) into the text that was read. */
export interface Segment {
  /** What people call it: "account", "namespace", "repository", "ref". */
  name: string
  level: Level
  text: string
  start: number
  end: number
  /** A separator follows, or the grammar ends here: a longer text cannot change this segment. */
  closed: boolean
  /** Other dimensions the whole value settles as well: a Google id names one account of one customer. */
  alsoPins?: Level[]
  /** The claim that carries the same value; its entry in `claims` tells whether it is volatile or the caller's choice. */
  claim?: string
  /** As in `ClaimInfo`, for a segment that no claim repeats. */
  callerControlled?: string
}

/** A subject, or the beginning of one, taken apart. */
export interface SubjectReading {
  segments: Segment[]
  /** The text is a whole subject that a token of this provider could carry. */
  complete: boolean
  /**
   * Why no subject of this provider can begin like this, as the rest of a sentence
   * ("the account must have 12 digits"), and where. Absent when some subject can.
   * `suggestion` is the whole text, rewritten.
   */
  problem?: { reason: string; start: number; end: number; suggestion?: string }
}

export interface SubjectGrammar {
  /** For people: `system:serviceaccount:<namespace>:<name>`. */
  shape: string
  /**
   * What the usual subject begins with, when that tells the provider apart ("repo:", "system:serviceaccount:").
   * Two providers may share one ("organization:"): `providersOfSubject` then reads on.
   * Absent for opaque subjects (GUIDs, numbers): those say nothing without the issuer.
   */
  marker?: string
  /** Characters that end a segment; empty for opaque subjects, where a prefix has no meaning at all. */
  separators: string
  /** Reads `text` as far as it goes. Total: never throws, on any text. */
  read(text: string): SubjectReading
}

/** How a provider writes the values of a claim, when people write them in another way. */
export interface ValueForm {
  /** How they are written, as the rest of a sentence: "an id has only digits". */
  reason: string
  /** Whether some token has this value. Total. */
  fits(value: string): boolean
  /** What was probably meant by one that does not fit. */
  mend?(value: string): string | undefined
}

export interface ClaimInfo {
  type: 'string' | 'number' | 'boolean' | 'array' | 'object'
  /** What it means, one sentence for a hover. */
  about: string
  /** What an exact match on it pins; absent when it narrows nothing that matters. */
  pins?: Level
  /** Other dimensions an exact match settles as well: `repository` is `owner/name`, so it pins the tenant too. */
  alsoPins?: Level[]
  /** Chosen or influenced by whoever starts the run; the reason, for a message. Such a claim pins nothing. */
  callerControlled?: string
  /** Another value on every run or every token, so that an exact match works once. */
  volatile?: true
  /** Not in every token of this provider. */
  optional?: true
  /** What its values look like, when not any text can be one. */
  form?: ValueForm
  /** For an object claim: what is inside. */
  members?: Record<string, ClaimInfo>
}

/**
 * The answer to "is this how the provider writes its issuer?".
 * With `canonical` (the right form can be derived), `reason` ends the sentence
 * "Tokens from {provider} carry `iss` = `{canonical}`, …": "without the slash at the end".
 * Without, it is a sentence of its own.
 */
export type IssuerForm = { ok: true } | { ok: false; reason: string; canonical?: string }

/** For whom an issuer URL signs: every customer of the platform, one customer, or an installation of the customer's own. */
export type Reach = 'platform' | 'customer' | 'self-hosted'

export interface Provider {
  id: string
  /** As people say it: "GitHub Actions", "Amazon EKS". */
  name: string
  /** One issuer URL signs for every customer of the platform: a rule must pin the tenant. */
  shared: boolean
  /** The provider publishes its keys at a public address, so discovery works. */
  publicKeys: boolean
  /**
   * For a shared provider: the claim to match when the tenant is open, and whether the Claude API
   * itself refuses a rule that leaves it open (facts.md, "shared platforms").
   */
  tenantPin?: { claim: string; enforced: boolean }
  issuer: {
    /** An issuer URL as a template with `<...>` for what the user fills in. */
    example: string
    /** By host (and path where hosts are shared), forgiving slips in the rest. */
    matches(url: URL): boolean
    /** Compares with the one form tokens carry, byte for byte. Called only when `matches`. */
    form(text: string, url: URL): IssuerForm
    /** When it depends on the URL (a GitHub enterprise has its own); else it follows from `shared`. */
    reach?(url: URL): Reach
  }
  subject: SubjectGrammar
  claims: Record<string, ClaimInfo>
  /** Words for messages, in the provider's own terms. */
  words: {
    /** "AWS account", "organization", "cluster" */
    tenant: string
    /** "role path", "repository", "namespace" */
    project: string
    /** "IAM role", "workflow run", "service account": the unit a subject names */
    workload: string
    /** Who can make another one that matches: "anyone who can create a role in the account". */
    creator: string
  }
  token: {
    /**
     * Seconds from `iat` to `exp`; `default` when the caller does not choose. `usual`: what ordinary tokens live up
     * to, where that is more than the hour an issuer accepts by default.
     */
    lifetime: { default?: number; usual?: number; max?: number }
    /** With `usual`: what an issuer should accept, in seconds, and for whose tokens (the Claude API's guides). */
    accept?: { seconds: number; whose: string }[]
    /** Whether tokens carry `jti`. */
    jti: 'always' | 'sometimes' | 'never'
  }
}
