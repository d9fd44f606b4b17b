import type { WitnessPolicy } from '../audit/checkpoint/witness-policy.ts'
import { NO_SIGN_IN, type SignInSettings } from '../console/sign-in/settings.ts'
import { findSharedSubjects } from '../console/sign-in/subjects.ts'
import type { Gateway } from '../exchange/gateway.ts'
import { createInboxMail, type InboxMailParts } from '../exchange/inbox/inbox-mail.ts'
import { activatePolicySet, choosePolicySet, type Mode } from '../exchange/rule-sets/activate.ts'
import type { RulesInForce } from '../exchange/rule-sets/rules-in-force.ts'
import { putKeysInForce } from '../exchange/upkeep/keys-in-force.ts'
import { recordParties } from '../exchange/upkeep/party-records.ts'
import { sweep } from '../exchange/upkeep/sweep.ts'
import { legalDate } from '../policy/legal-date.ts'
import type { PolicySet } from '../policy/policy-set.ts'
import type { CheckpointSigner } from '../ports/keys.ts'
import { compose, type Parts } from './compose.ts'
import {
  formatFaultLine,
  formatFilesDifferLine,
  formatKeySetLine,
  formatKeysChangedLine,
  formatMisnamedLine,
  formatNotRenewedLine,
  formatProviderLine,
  formatSharedSubjectLine,
  formatStaleHeartbeatLine,
  formatUnsentMailLine,
} from './fault-line.ts'
import type { KeyRefresh, RecordKeys } from './party-key-folder.ts'
import { findExpiringKeys, findUnusedKeySets } from './party-keys.ts'
import { checkAgainstWitnesses, openWitnesses } from './witnesses.ts'

/** What a runtime provides to start a gateway. */
export interface StartParts
  extends Omit<Parts, 'policySet' | 'verifierKey' | 'reportFault' | 'reportStale' | 'reportProvider'> {
  /** The rule set of the rule files; absent when they have faults. In production the approved set of the archive is in force. */
  readonly policySetOfFiles: PolicySet | undefined
  readonly mode: Mode
  /** The signer that `store` was opened with. */
  readonly signer: CheckpointSigner
  /** Absent: nobody is asked to cosign. */
  readonly witnessPolicy?: WitnessPolicy | undefined
  /** How long the start waits for all witnesses together; three seconds when absent. */
  readonly witnessTimeoutMs?: number
  /** Opens the journal of what the command line did to this log; absent on a runtime without a command line. */
  readonly openJournal?: (gateway: Gateway) => { take(): Promise<unknown> }
  /** Reads the public keys of the parties again; absent where they cannot change while the gateway runs. */
  readonly refreshPartyKeys?: (record: RecordKeys) => Promise<KeyRefresh>
  /** Names of files among the public keys that are no key set, and so are not used. */
  readonly misnamedKeyFiles?: () => readonly string[]
  /** Sends mail that there is something in an inbox; absent where none is sent. */
  readonly mail?: Pick<InboxMailParts, 'sender' | 'everyMinutes'>
  /** Prints a line for the operator. */
  readonly print: (line: string) => void
}

/** A gateway that is ready to serve. */
export interface StartedGateway {
  readonly rules: RulesInForce
  fetch(request: Request): Promise<Response>
  /** Puts due rules in force, destroys content whose time has come and takes up new party keys. Reports its faults and never rejects. */
  keepTime(): Promise<void>
  /** Writes a heartbeat when one is due. Reports its faults and never rejects. */
  writeHeartbeatIfDue(): Promise<void>
  /** Submits the newest checkpoint to every witness. Reports its faults and never rejects. */
  submitToWitnesses(): Promise<void>
  /** Sends mail about inboxes when it is due. Reports its faults and never rejects; let nothing wait for it. */
  sendMailIfDue(): Promise<void>
  /** Ends mail that is under way, writes the last heartbeat and ends submissions to witnesses. Call it when no request is served any more. */
  stop(): Promise<void>
}

/**
 * Starts a gateway on an open store. The order of the steps is what makes it safe, so it is the same for every runtime. Dies
 * anywhere: each step is one commit or several that the next start completes.
 *
 * @throws SluisError `not-ready` for a log that must not be continued or a keyring of another database, `log-unavailable`;
 *   Error when no rule set was approved, in production, or the rule files have faults, in development
 */
export async function startGatewayOn(parts: StartParts): Promise<StartedGateway> {
  const { witnessPolicy, witnessTimeoutMs, signer, clock, fetch, print, mode } = parts
  const reportFault = (error: unknown) => print(formatFaultLine(error, clock()))
  const witnessParts = { store: parts.store, signer, fetch, clock, print }
  const witnessing = openWitnesses(witnessPolicy, witnessParts)
  // Its store stops writing once a witness shows that the log was rolled back or forked.
  const { store } = witnessing
  try {
    // 1. Compare with the witnesses. First of all, because a log that was rolled back or forked must not be continued.
    await checkAgainstWitnesses(witnessPolicy, {
      ...witnessParts,
      ...(witnessTimeoutMs !== undefined && { timeoutMs: witnessTimeoutMs }),
    })

    // 2. Choose the rule set. Before anything is written, because a start without an approved set must leave no trace.
    const { policySet, proposal, differingFiles } = await choosePolicySet(store, parts.policySetOfFiles, mode)
    if (differingFiles !== undefined) print(formatFilesDifferLine(differingFiles, policySet.sourceHash, clock()))

    requireOwnSubjects(policySet, parts.signIn ?? NO_SIGN_IN)

    // 3. Compose the gateway. Writes nothing.
    const { gateway, rules, heartbeatWriter, signIn, app } = await compose({
      ...parts,
      policySet,
      store,
      verifierKey: signer.verifierKey,
      reportFault,
      reportStale: (newestAt) => print(formatStaleHeartbeatLine(newestAt, clock())),
      reportProvider: (provider, code) => print(formatProviderLine(provider, code, clock())),
    })

    // 4. Put the keys in force. Before any other record, because nothing may be written under another keyring.
    for (const skipped of await putKeysInForce(gateway)) print(formatNotRenewedLine(skipped, clock()))

    // 5. Take over what the command line recorded while no gateway ran. It happened before this start, so its records come
    //    before those of the start; after the keys, because only now it is certain that this keyring may write this log.
    const journal = parts.openJournal?.(gateway)
    await journal?.take()

    // 6. Activate the rule set. Before the parties, because they are those of the set in force.
    await activatePolicySet(gateway, proposal)
    await rules.reload()

    // 7. Record the parties. Before serving, so that every record names a party whose keys and scopes are in the log.
    await recordParties(rules.now())
    let reportedOn: string | undefined
    const reportKeySets = () => {
      reportedOn = legalDate(clock())
      for (const key of findExpiringKeys(parts.partyKeys, reportedOn)) print(formatKeySetLine(key, clock()))
      for (const unused of findUnusedKeySets(parts.partyKeys, rules.now().policySet.parties))
        print(formatKeySetLine(unused, clock()))
      for (const file of parts.misnamedKeyFiles?.() ?? []) print(formatMisnamedLine(file, clock()))
    }
    reportKeySets()
    let reportedSet = policySet.sourceHash
    // Rules that two officers approved come into force all the same; nobody can sign in as either person.
    const reportSharedSubjects = () => {
      const { parties, sourceHash } = rules.now().policySet
      if (sourceHash === reportedSet) return
      reportedSet = sourceHash
      for (const people of findSharedSubjects(parties, signIn.settings.providers))
        print(formatSharedSubjectLine(people, clock()))
    }
    // A key counts from the record that names it.
    const takePartyKeys = async () => {
      const refresh = await parts.refreshPartyKeys?.((partyKeys) => recordParties({ ...rules.now(), partyKeys }))
      if (refresh === undefined || refresh.status === 'unchanged') return
      print(formatKeysChangedLine(refresh.status === 'refused' ? refresh.reason : undefined, clock()))
      if (refresh.status === 'taken') reportKeySets()
    }

    // 8. Write the first heartbeat. Last, because it counts what the start wrote and names the rule set in force.
    const policyHash = () => rules.now().policySet.policyHash
    await heartbeatWriter.writeFirst(policyHash())

    const inboxMail =
      parts.mail &&
      createInboxMail({
        ...parts.mail,
        store,
        clock,
        parties: () => rules.now().policySet.parties,
        inboxAddress: `${parts.issuer}/inbox`,
        report: (unsent) => print(formatUnsentMailLine(unsent, clock())),
      })

    return {
      rules,
      fetch: async (request) => app.fetch(request),
      async keepTime() {
        await rules.reload().catch(reportFault)
        reportSharedSubjects()
        await sweep(await rules.current()).catch(reportFault)
        await signIn.sweep().catch(reportFault)
        await takePartyKeys().catch(reportFault)
        // Once a day, because a key expires without any change.
        if (legalDate(clock()) !== reportedOn) reportKeySets()
        // Repeated, for when it failed at the moment that rules came into force.
        await recordParties(rules.now()).catch(reportFault)
        await journal?.take().catch(reportFault)
      },
      writeHeartbeatIfDue: () => heartbeatWriter.writeIfDue(policyHash()).catch(reportFault),
      submitToWitnesses: () => witnessing.submit(),
      sendMailIfDue: async () => inboxMail?.sendIfDue().catch(reportFault),
      async stop() {
        await inboxMail?.close()
        await heartbeatWriter.writeLast(policyHash()).catch(reportFault)
        await witnessing.close()
      },
    }
  } catch (error) {
    await witnessing.close()
    throw error
  }
}

/** @throws Error that names people whom one provider knows under one subject: then nobody could say who signed in */
function requireOwnSubjects({ parties }: PolicySet, { providers }: SignInSettings): void {
  const [shared] = findSharedSubjects(parties, providers)
  if (shared)
    throw new Error(
      `partijen.yaml: ${shared.join(' and ')} have one \`subject\` at one provider; give each their own, or their parties their own providers`,
    )
}
