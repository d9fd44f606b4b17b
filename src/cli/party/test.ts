import { readFileSync, statSync } from 'node:fs'
import { legalDate } from '../../policy/legal-date.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { UsageError } from '../terminal/failure.ts'
import { JSON_OPTION, LANGUAGE_OPTION, PARTY_OPTION, parseLanguage } from '../terminal/options.ts'
import { openClient } from './open-client.ts'
import { keyPath, readPartyKeys } from './party-folder.ts'
import {
  type StepName,
  type StepResult,
  testCheck,
  testGateway,
  testInbox,
  testKeys,
  testSubmit,
  testToken,
} from './test-steps.ts'

/** Without one of these the steps after it mean nothing. */
const NEEDED: ReadonlySet<StepName> = new Set(['gateway', 'token'])

export const partyTest = defineCommand({
  name: 'party test',
  summary: {
    nl: 'sleutels, token, check, melding en postbus proberen, zonder een melding te sturen',
    en: 'try keys, token, check, submit and inbox, without sending a report',
  },
  usage: '--as PARTY',
  options: { ...PARTY_OPTION, ...LANGUAGE_OPTION, ...JSON_OPTION },
  exits: {
    failed: {
      nl: 'een stap mislukte; de regel ervan zegt wat u eraan doet',
      en: 'a step failed; its line says what to do about it',
    },
  },
  examples: ['party test --as politie'],
  async run({ values, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const party = values.as
    if (!party) throw new UsageError({ nl: 'geef de partij met --as PARTY', en: 'give the party with --as PARTY' })
    const { issuer, partyFolder } = settings()
    const keys = readPartyKeys(partyFolder, party)
    const path = keyPath(partyFolder, party)
    const { expires } = JSON.parse(readFileSync(path, 'utf8')) as { expires?: string }
    const client = await openClient({ issuer, partyFolder }, party)
    const today = legalDate(new Date())
    const steps: readonly [StepName, () => StepResult | Promise<StepResult>][] = [
      ['keys', () => testKeys(keys, statSync(path).mode, expires, today)],
      ['gateway', () => testGateway(issuer, (url) => fetch(url, { redirect: 'manual' }), Date.now)],
      ['token', () => testToken(client, keys)],
      ['check', () => testCheck(client, party)],
      ['submit', () => testSubmit(client)],
      ['inbox', () => testInbox(client, keys)],
    ]
    const results: { step: StepName; status: StepResult['status']; says: string }[] = []
    let isStopped = false
    for (const [step, take] of steps) {
      const result: StepResult = isStopped ? NOT_TAKEN : await take()
      const { status, says } = result
      if (status === 'failed' && NEEDED.has(step)) isStopped = true
      results.push({ step, status, says: says[language] })
      if (!values.json)
        terminal.out(`${MARKS[status]} ${LABELS[step][language].padEnd(LABEL_WIDTH[language])}  ${says[language]}`)
    }
    if (values.json) terminal.out(JSON.stringify({ steps: results }))
    return results.some(({ status }) => status === 'failed') ? EXIT.failed : EXIT.done
  },
})

const MARKS = { passed: '✓', failed: '✗', skipped: '-' } as const
const LABELS = {
  keys: { nl: 'sleutels', en: 'keys' },
  gateway: { nl: 'gateway', en: 'gateway' },
  token: { nl: 'token', en: 'token' },
  check: { nl: 'vooraf vragen', en: 'check' },
  submit: { nl: 'melden', en: 'submit' },
  inbox: { nl: 'postbus', en: 'inbox' },
} as const
const LABEL_WIDTH = { nl: 13, en: 7 } as const
const NOT_TAKEN: StepResult = {
  status: 'skipped',
  says: { nl: 'niet geprobeerd, omdat een eerdere stap mislukte', en: 'not tried, because an earlier step failed' },
}
