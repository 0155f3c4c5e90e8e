/**
 * `sizes.js '{"sizes": [10, 1000], "all": false, "rounds": 5, "seed": 1}'`: one keystroke in workspaces of these
 * sizes, of which one file in a hundred matters, or all do. Prints the samples.
 */
import { rules } from '../../../server/src/rules/index.ts'
import { createWorkspace } from '../../../server/src/workspace/workspace.ts'
import { claudeWorkload, id, rule } from '../federation.ts'
import { inTurns } from '../measure.ts'
import { randomFrom } from '../random.ts'
import { inProcess, STROKES, strokes } from '../sections/typing.ts'
import { workspaceFiles } from '../workspace-files.ts'

interface Input {
  sizes: number[]
  all: boolean
  rounds: number
  seed: number
}

async function main({ sizes, all, rounds, seed }: Input) {
  const contenders = Object.fromEntries(
    sizes.flatMap(size => {
      const relevant = all ? size : Math.ceil(size / 100)
      const share = (files: number) => Math.ceil(files / 10)
      const workspace = createWorkspace(rules)
      const files = workspaceFiles(seed, {
        yaml: size,
        json: share(size),
        relevantYaml: relevant,
        relevantJson: Math.min(share(size), share(relevant)),
      })
      for (const [path, text] of files) workspace.update(`file:///bench/${path}`, 'disk', text)

      // The files that are edited are the same everywhere.
      const random = randomFrom(seed)
      const ruleId = id('fdrl', random)
      const pod = claudeWorkload(random, 'edited', ruleId, 'team-a')
      const own = JSON.stringify(
        {
          id: ruleId,
          ...rule(random, {
            own: 'edited',
            issuerId: id('fdis', random),
            subject: 'system:serviceaccount:team-a:edited',
          }),
        },
        null,
        2,
      )
      const typed = (name: string, text: string, at: number) =>
        strokes(inProcess(name, text, at, workspace), 5 * STROKES)
      return [
        [`${size} workload`, typed('edited.yaml', pod, pod.indexOf('image: ') + 10)],
        [`${size} rule`, typed('edited.json', own, own.indexOf('"edited"') + 3)],
      ]
    }),
  )
  console.log(JSON.stringify([...(await inTurns(rounds, contenders, { warm: true }))]))
}

void main(JSON.parse(process.argv[2] ?? ''))
