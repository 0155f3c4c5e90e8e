/** A configuration that changes nothing and says what could be changed. */
export const CONFIG_YAML = `# What wif-lint says of the files in this folder and below it; the nearest such file counts, alone.

# quiet: only what breaks or lets in too much; default: good practice, too; strict: everything.
profile: default

# How severe findings are, by rule, by group (match) or for all (default): off, hint, info, warning, error.
# severity:
#   match/tenant-wide: error
#   iam: info

# Findings that were looked at and are accepted, each with a reason.
# ignores:
#   - files: sandbox/**
#     rule: match/tenant-wide
#     at: /match/subject_prefix
#     reason: an account of its own, with no other roles

# Audiences and OAuth scopes that are right although the linter does not know them.
# audiences:
#   - https://claude.internal.example
# scopes: []

# For ids that no file holds: the file that describes what they name.
# links:
#   fdis_...: issuers/eks.json
`

/** The same as JSON with comments. */
export const CONFIG_JSON = `// What wif-lint says of the files in this folder and below it; the nearest such file counts, alone.
{
  // quiet: only what breaks or lets in too much; default: good practice, too; strict: everything.
  "profile": "default",

  // How severe findings are, by rule, by group (match) or for all (default): off, hint, info, warning, error.
  "severity": {
    // "match/tenant-wide": "error",
    // "iam": "info"
  },

  // Findings that were looked at and are accepted, each with a reason.
  "ignores": [
    // {
    //   "files": "sandbox/**",
    //   "rule": "match/tenant-wide",
    //   "at": "/match/subject_prefix",
    //   "reason": "an account of its own, with no other roles"
    // }
  ],

  // Audiences and OAuth scopes that are right although the linter does not know them.
  "audiences": [],
  "scopes": [],

  // For ids that no file holds: the file that describes what they name.
  "links": {
    // "fdis_...": "issuers/eks.json"
  }
}
`
