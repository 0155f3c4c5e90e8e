import type { Random } from './random.ts'

/** JSON files as repositories have them. Nothing in them has to do with the Claude API. */

const list = <T>(count: number, item: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => item(i))

function packageJson(random: Random): object {
  const dependencies = list(random.int(10, 80), i => [
    `@example/package-${i}`,
    `^${random.int(1, 9)}.${random.int(0, 30)}.0`,
  ])
  return {
    name: `@example/service-${random.int(1, 9999)}`,
    version: '1.0.0',
    scripts: { build: 'tsc -b', test: 'vitest run', lint: 'biome ci .' },
    dependencies: Object.fromEntries(dependencies),
  }
}

function dashboard(random: Random): object {
  return {
    title: `Service ${random.int(1, 9999)}`,
    tags: ['generated'],
    panels: list(random.int(5, 30), i => ({
      id: i,
      type: random.pick(['timeseries', 'stat', 'table']),
      title: `Requests per second of route ${i}`,
      gridPos: { h: 8, w: 12, x: (i % 2) * 12, y: i * 8 },
      targets: [{ expr: `sum(rate(http_requests_total{route="${i}"}[5m])) by (status)`, refId: 'A' }],
    })),
  }
}

/** A policy of IAM that has nothing to do with federation: `Statement` and `match` are common words. */
function iamPolicy(random: Random): object {
  return {
    Version: '2012-10-17',
    Statement: list(random.int(1, 12), i => ({
      Sid: `Allow${i}`,
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:ListBucket', 'sqs:SendMessage'],
      Resource: `arn:aws:s3:::bucket-${random.int(1, 9999)}/*`,
    })),
  }
}

function routes(random: Random): object {
  return {
    routes: list(random.int(10, 60), i => ({
      match: { path: `/v1/route-${i}`, methods: ['GET', 'POST'] },
      target: { service: `backend-${random.int(1, 99)}`, port: 8080 },
      claims: { required: random.once(2) },
      // An escape as serialisers write them: the linter must look twice at such a file.
      ...(random.once(400) && { note: 'Zo\\u00eb' }),
    })),
  }
}

/** A JSON file of one of the usual kinds; about 5 kB on average. */
export function jsonFile(random: Random): string {
  const make = random.pick([packageJson, dashboard, dashboard, iamPolicy, routes])
  return `${JSON.stringify(make(random), null, 2).replaceAll('\\\\u', '\\u')}\n`
}
