import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Gateway } from '../exchange/gateway.ts'
import { createSmtpSender } from '../mail/smtp.ts'
import type { LocalisedText } from '../model/language.ts'
import { formatFault } from '../policy/files/fault.ts'
import { loadPolicySet } from '../policy/files/load.ts'
import type { PolicySet } from '../policy/policy-set.ts'
import { openSqlite } from '../storage/better-sqlite.ts'
import { createCommandJournal } from '../storage/files/command-journal.ts'
import { readConsoleAssets } from './console/assets.ts'
import { readSignInSettings } from './console/sign-in-file.ts'
import { formatFaultLine, formatNoAssetsLine, formatOtherAddressLine } from './fault-line.ts'
import { noteFirstStart } from './first-start.ts'
import { DATA_FILES, describeAnchoring, openGatewayKeys } from './key-files.ts'
import { listen } from './listen.ts'
import { readPolicyFolder } from './policy-folder.ts'
import { printLine } from './print-line.ts'
import { isNamedAfterAnother, requirePublicAddress } from './public-address.ts'
import { createRuleSetThreads } from './rule-set-threads.ts'
import { formatAddress, type Settings } from './settings.ts'
import { startGatewayOn } from './start.ts'
import { readWitnessPolicy } from './witness-policy-file.ts'

/** Without requests, content is destroyed and rules come into force at most this much late. */
const SWEEP_INTERVAL_MS = 60_000
/** A clock that jumps is noted at most this much later. */
const HEARTBEAT_CHECK_SECONDS = 1

export interface RunningGateway {
  /** The public address of the settings, with the port that the system chose when that was 0. */
  readonly issuer: string
  /** Where it listens: host and port of the system, as an address. */
  readonly listening: string
  /** The gateway of this moment, with the rules in force. */
  readonly gateway: Gateway
  readonly databasePath: string
  /** Does what is due now, which the gateway also does every minute. Reports its faults and never rejects. */
  keepTime(): Promise<void>
  /** Verifier key of the log. */
  readonly verifierKey: string
  /** Stops listening, lets running requests finish and closes the database. */
  close(): Promise<void>
}

/** The rule files have faults; all of them are in the list. */
export class PolicyFaultsError extends Error {
  override readonly name = 'PolicyFaultsError'
  readonly faults: readonly LocalisedText[]
  constructor(faults: readonly LocalisedText[]) {
    super(`the rule files have ${faults.length} fault(s); fix them and start again`)
    this.faults = faults
  }
}

/**
 * The gateway on Node: embedded SQLite, keys from files, rule files from a folder. A first start that fails leaves nothing.
 * @throws PolicyFaultsError in development, WitnessPolicyFaultsError, or Error with a reason to stop (database in use, keys missing, port taken)
 */
export async function startGateway(settings: Settings): Promise<RunningGateway> {
  requirePublicAddress(settings)
  const firstStart = noteFirstStart(settings.dataFolder)
  try {
    return await start(settings)
  } catch (error) {
    try {
      firstStart?.undo()
    } catch (undoing) {
      // The operator must hear what stopped the start.
      printLine(formatFaultLine(undoing, new Date()))
    }
    throw error
  }
}

async function start(settings: Settings): Promise<RunningGateway> {
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
  const policySetOfFiles = loadPolicies(settings)
  const witnessPolicy = settings.witnessPolicy === undefined ? undefined : readWitnessPolicy(settings.witnessPolicy)
  const signIn = readSignInSettings(settings)
  const clock = () => new Date()
  const { dataFolder, issuer: publicAddress, keyring } = settings
  const keys = await openGatewayKeys({ folder: dataFolder, issuer: publicAddress, keyring, clock, random })
  const databasePath = join(dataFolder, DATA_FILES.database)
  const anchoring = describeAnchoring(dataFolder, settings.anchorPath, (error) =>
    printLine(formatFaultLine(error, clock())),
  )
  const database = await openSqlite({ path: databasePath, signer: keys.signer, anchoring })
  const { origin } = keys.signer
  if (isNamedAfterAnother(origin, publicAddress)) printLine(formatOtherAddressLine(origin, clock()))

  const consoleAssets = readConsoleAssets()
  if (!consoleAssets) printLine(formatNoAssetsLine(clock()))

  // Listens before the gateway starts, because a port that is taken must stop the start before anything is written.
  let respond: (request: Request) => Promise<Response> = async () =>
    new Response(null, { status: 503, headers: { 'retry-after': '1' } })
  const server = listen((request) => respond(request), { port: settings.port, hostname: settings.host })
  const closeServer = () => new Promise<void>((resolve) => server.close(() => resolve()))
  try {
    await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject))
    const address = server.address()
    const { port, address: host } =
      typeof address === 'object' && address ? address : { port: settings.port, address: settings.host }
    const issuer = settings.port === 0 ? settings.issuer.replace(/:0$/, `:${port}`) : settings.issuer
    const started = await startGatewayOn({
      issuer,
      policySetOfFiles,
      mode: settings.mode,
      approvalHours: settings.approvalHours,
      limits: settings.limits,
      answerIntervalMs: settings.answerIntervalMs,
      heartbeatMinutes: settings.heartbeatMinutes,
      isCheckOpen: settings.isCheckOpen,
      openChecksPerMinute: settings.openChecksPerMinute,
      ...(settings.operatorContact !== undefined && { operatorContact: settings.operatorContact }),
      ...(consoleAssets && { consoleAssets }),
      signIn,
      ruleSetWork: createRuleSetThreads(),
      checkSeconds: HEARTBEAT_CHECK_SECONDS,
      store: database.store,
      signer: keys.signer,
      keyring: keys.keyring,
      partyKeys: keys.partyKeys.register,
      misnamedKeyFiles: keys.partyKeys.misnamed,
      refreshPartyKeys: (record) => keys.partyKeys.refresh(record),
      tokenKey: keys.tokenKey,
      witnessPolicy,
      fetch: (request) => fetch(request),
      openJournal: ({ store, queue }) =>
        createCommandJournal(join(dataFolder, DATA_FILES.commandJournal), store.log, queue),
      ...(settings.mail && {
        mail: {
          sender: createSmtpSender(settings.mail, new URL(issuer).hostname, { clock, random }),
          everyMinutes: settings.mail.everyMinutes,
        },
      }),
      clock,
      monotonic: () => performance.now(),
      random,
      print: printLine,
    })
    const keepTime = async () => {
      await started.keepTime()
      // Not awaited: a slow witness delays nothing.
      void started.submitToWitnesses()
      void started.sendMailIfDue()
    }
    await keepTime()
    const sweepTimer = setInterval(keepTime, SWEEP_INTERVAL_MS)
    const heartbeatTimer = setInterval(started.writeHeartbeatIfDue, HEARTBEAT_CHECK_SECONDS * 1000)
    respond = started.fetch
    return {
      issuer,
      listening: formatAddress(host, port),
      get gateway() {
        return started.rules.now()
      },
      databasePath,
      keepTime,
      verifierKey: keys.signer.verifierKey,
      async close() {
        clearInterval(sweepTimer)
        clearInterval(heartbeatTimer)
        await closeServer()
        await started.stop()
        database.close()
      },
    }
  } catch (error) {
    await closeServer()
    database.close()
    throw error
  }
}

/**
 * The set of the rule files. In production their faults, or a folder that is not there, stop nothing: the approved set is in the
 * database.
 */
function loadPolicies({ policyFolder, mode }: Settings): PolicySet | undefined {
  if (mode === 'production' && !existsSync(policyFolder)) return undefined
  const loaded = loadPolicySet(readPolicyFolder(policyFolder))
  if (loaded.ok) return loaded.set
  if (mode === 'production') return undefined
  throw new PolicyFaultsError(
    loaded.faults.map((fault) => ({ nl: formatFault(fault, 'nl'), en: formatFault(fault, 'en') })),
  )
}
