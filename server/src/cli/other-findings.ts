/** Ids of findings that no rule of the catalogue makes, and so have no page; a paragraph on each. */
export const OTHER_FINDINGS: ReadonlyMap<string, string> = new Map([
  [
    'syntax/json',
    `The file is not JSON: a bracket or comma is missing, a comma is one too many, a key is there twice, the text is cut
off; or it is too long, or nests too deeply, to be checked. Comments are read over. It is said of files that seem to
be about federation, and of those that are named. An error; no configuration silences it, for nothing else in such a
file can be trusted.`,
  ],
  [
    'syntax/yaml',
    `The file is not YAML: the indentation is wrong, a tab stands in it, a key is there twice, an alias has no anchor; or
a document is too long, or nests too deeply, to be checked. Templates are read as far as they can be. It is said of
files that seem to be about federation, and of those that are named. An error; no configuration silences it, for
nothing else in such a file can be trusted.`,
  ],
  [
    'schema/issuer',
    `A federation issuer has a field, a type or a value that the Admin API refuses, and no rule says it better. An
error. The group \`schema\` in the configuration's \`severity\` speaks of all findings of this kind.`,
  ],
  [
    'schema/rule',
    `A federation rule has a field, a type or a value that the Admin API refuses, and no rule of the linter says it
better. An error. The group \`schema\` in the configuration's \`severity\` speaks of all findings of this kind.`,
  ],
  [
    'schema/workload',
    `A Kubernetes workload has, in the part that projects or reads identity tokens, a field, a type or a value that
Kubernetes refuses, and no rule says it better. An error. Other parts of the manifest are not looked at.`,
  ],
  [
    'schema/iam-policy',
    `An AWS IAM policy that speaks of web identity tokens has an element, a type or a value that IAM refuses, and no
rule says it better. An error.`,
  ],
  [
    'schema/config',
    `wif-lint.json or wif-lint.yaml has a setting that does not exist, or a value that a setting does not take. What is
wrong is left out and the rest holds; a file named by --config must be right as a whole.`,
  ],
  [
    'config/unknown-rule',
    `The configuration names a rule or a group that does not exist, or a wif-ignore comment does not name one rule that
does: so it does nothing. A warning. \`wif-lint rules\` lists all rules.`,
  ],
  [
    'config/unused-ignore',
    `Nothing is found any more where the configuration, or a wif-ignore comment, accepts it. A warning: take the ignore
away, before it silences something new. It is said only when all the files were checked that the ignore may speak
of, and without --profile.`,
  ],
  [
    'config/dead-link',
    `A link of the configuration leads to a file that is not there, or in which there is no issuer and no rule: what the
id names is not known. A warning. It is said only when the folder of the configuration was checked as a whole.`,
  ],
  [
    'config/passed-over',
    `There are two configurations in a folder, such as wif-lint.json and wif-lint.yaml. One of them holds, and this is the
other. A warning: make one of the two.`,
  ],
  [
    'config/stale-baseline',
    `The baseline knows more findings of a rule in a file than there are: somebody has mended some. An error, with
\`--baseline use\`, so that the list only becomes shorter: \`wif-lint --baseline prune\` strikes them out.`,
  ],
])
