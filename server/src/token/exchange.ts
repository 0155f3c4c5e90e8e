/** What is sent beside the token (reference, Token exchange request). */
export interface ExchangeWith {
  /** `fdrl_...` */
  ruleId: string
  /** A UUID. */
  organizationId: string
  /** `svac_...` */
  serviceAccountId?: string | undefined
  /** `wrkspc_...` or `default`; a rule for several needs it. */
  workspaceId?: string | undefined
  /** Where the token goes: https, or http on this machine. Not for a workspace to say. */
  baseUrl: string
}

/** What came of an exchange. No part of either token is in it but the kind of the one that was granted. */
export type Exchanged =
  | {
      is: 'granted'
      /** What the Claude token begins with: `sk-ant-oat01-`. The token itself is forgotten. */
      prefix: string
      /** Seconds. */
      expiresIn: number
      scope: string | undefined
      requestId: string | undefined
    }
  | {
      is: 'refused'
      status: number
      /** As the API names it: `authentication_error`, `invalid_request_error`. */
      type: string | undefined
      /** What the API says; of a denied exchange never the reason. */
      message: string | undefined
      requestId: string | undefined
    }
  | {
      is: 'failed'
      /** One sentence for a person. */
      problem: string
      /** Whether the token may be used up all the same: it was sent, and what came of it is not known. */
      sent: boolean
    }

/**
 * Exchanges the identity token in `text` for a Claude token, once: whatever comes of it, it is not tried again, for a
 * token can be exchanged once. Only for a person who has asked for just this. Never rejects, and keeps nothing.
 */
export type Exchange = (text: string, to: ExchangeWith) => Promise<Exchanged>
