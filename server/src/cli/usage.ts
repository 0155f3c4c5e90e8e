/** What `--help` prints. */
export const USAGE = `Usage: wif-lint [options] [paths]
       wif-lint explain ID
       wif-lint rules [--format FORMAT]
       wif-lint token --rule FILE [options] < token

Checks what lets workloads in to the Claude API by Workload Identity Federation: federation issuers and
rules, Kubernetes workloads and AWS IAM policies, in JSON and YAML. A path is a file or a folder; without
one, the current folder is checked. Nothing leaves this machine.

Commands:
  explain ID           what a rule catches, why it matters and how to mend it, with examples
  rules                the table of all rules; --format text (default) or json
  token                whether a rule admits an identity token, and why not; see wif-lint token --help

  A file or folder with the name of a command is written ./rules.

Options:
  --fix                apply the fixes that keep the meaning of a file
  --format FORMAT      text (default) or json
  --fail-level LEVEL   the least severity that gives exit code 1: error (default), warning or info
  --config FILE        the configuration for all files, instead of the nearest wif-lint.json or .yaml
  --profile PROFILE    how much is said: quiet, default or strict, instead of what the configuration says
  -h, --help           show this text
  --version            show the version

Exit codes: 0 no finding at or above the fail level, 1 findings, 2 wrong usage or unreadable input.
`
