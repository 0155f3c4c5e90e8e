import { describe } from 'vitest'
import { silent, tells, without } from './problems.ts'

const allow = { Effect: 'Allow', Action: 'sts:GetWebIdentityToken', Resource: '*' }
const policy = (statement: unknown) => ({ Version: '2012-10-17', Statement: statement })
const statement = (fields: object) => policy({ ...allow, ...fields })

silent('iam-policy', {
  'a policy': policy([allow]),
  'one statement': statement({ Sid: 'Claude1', Action: ['sts:GetWebIdentityToken', 'sts:Get*', '*'] }),
  'no version': { Statement: allow },
  conditions: statement({
    Condition: {
      'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': ['a', 'b'] },
      NumericLessThanEquals: { 'sts:DurationSeconds': 900 },
      Bool: { 'aws:SecureTransport': true },
    },
  }),
  'a trust policy': policy({
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com', AWS: ['123456789012'] },
    Action: 'sts:AssumeRole',
  }),
  everyone: policy({ Effect: 'Deny', Principal: '*', NotAction: 'sts:*', NotResource: ['a'] }),
  'CloudFormation intrinsics': statement({ Resource: { 'Fn::Sub': 'arn:a' }, Action: { Ref: 'Action' } }),
  'a CloudFormation condition': policy([{ 'Fn::If': ['Prod', allow, { Ref: 'AWS::NoValue' }] }]),
  'policy variables': statement({ Resource: ['arn:aws:s3:::${aws:username}'] }),
})

describe('policy', () => {
  tells('iam-policy', '-', [
    [{ Version: '2012-10-17' }, '', '`Statement` is required'],
    [
      { Version: '2012-10-18', Statement: allow },
      '/Version',
      '`Version` must be `2012-10-17` or `2008-10-17`; this is "2012-10-18". Did you mean `2012-10-17`?',
    ],
    [policy('x'), '/Statement', '`Statement` must be a statement, or a list of them; this is the string "x"'],
    [
      policy(['x']),
      '/Statement/0',
      '`Statement[0]` must be a statement: an object with `Effect` and `Action`; this is the string "x"',
    ],
    ['[]', '', 'The policy must be an object; this is a list'],
  ])
})

describe('statement', () => {
  const action = 'must be `*` or `service:Name`'
  tells('iam-policy', '-', [
    [
      statement({ Effect: 'allow' }),
      '/Statement/Effect',
      '`Effect` must be `Allow` or `Deny`; this is "allow". Did you mean `Allow`?',
    ],
    [policy([{}]), '/Statement/0', '`Effect`, `Action` and `Resource` are required'],
    [
      policy(without(allow, 'Effect')),
      '/Statement',
      '`Effect` is required in a statement: `Allow` or `Deny`',
    ],
    [
      policy(without(allow, 'Resource')),
      '/Statement',
      '`Resource` is required in a statement without `Principal`',
    ],
    [
      statement({ NotAction: 'sts:*' }),
      '/Statement/Action',
      '`Action` and `NotAction` exclude each other in one statement',
    ],
    [
      statement({ Sid: 'Claude Federation' }),
      '/Statement/Sid',
      '`Sid` takes only letters and digits; this is "Claude Federation"',
    ],
    [
      statement({ Action: 'GetWebIdentityToken' }),
      '/Statement/Action',
      `\`Action\` ${action}, such as \`sts:GetWebIdentityToken\`; this is "GetWebIdentityToken"`,
    ],
    [statement({ Action: ['sts:*', 5] }), '/Statement/Action/1', `\`Action[1]\` ${action}; this is 5`],
    [
      statement({ Resource: {} }),
      '/Statement/Resource',
      '`Resource` must be a string or a list of strings; this is an object',
    ],
    [
      statement({ Principal: 'me' }),
      '/Statement/Principal',
      '`Principal` must be `*`, or an object with `AWS`, `Service` or `Federated`; this is "me"',
    ],
    [
      statement({ Condition: { StringEquals: 'a' } }),
      '/Statement/Condition/StringEquals',
      '`StringEquals` must be an object of condition keys and their values; this is the string "a"',
    ],
    [
      statement({ Condition: { StringEquals: { 'a:b': { c: 1 } } } }),
      '/Statement/Condition/StringEquals/a:b',
      '`a:b` must be a string, a number, a boolean, or a list of them; this is an object',
    ],
  ])
})
