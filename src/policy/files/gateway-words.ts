import type { GatewayWords, IdentityQuestionWords, Vocabulary } from '../../model/vocabulary.ts'
import { addFault, type PolicyFault, quote } from './fault.ts'
import { readMember, readMembers, readWord, readWords, type WordKind, wordKind } from './reader.ts'
import type { YamlNode } from './yaml.ts'

/**
 * Reads `gevolgen` of `woordenlijst.yaml`: the words that the gateway itself acts on. They are named there, and not in code, so
 * that a privacy officer can rename one.
 */
export function readGatewayWords(
  node: YamlNode,
  vocabulary: Omit<Vocabulary, 'gatewayWords'>,
  faults: PolicyFault[],
): GatewayWords {
  const members = readMembers(
    node,
    { required: [], optional: ['terugkoppeling', 'antwoordsoort', 'opvolging', 'identiteitsvraag'] },
    faults,
  )
  if (members === undefined) return {}
  const purposeKind = wordKind(vocabulary.purposes, { nl: 'doel', en: 'purpose' }, 'doelen')
  const feedbackPurpose = readMember(members, 'terugkoppeling', (word) => readWord(word, purposeKind, faults), faults)
  const kindKind = wordKind(vocabulary.kinds, { nl: 'soort', en: 'kind' }, 'soorten')
  const replyKind = readMember(members, 'antwoordsoort', (word) => readWord(word, kindKind, faults), faults)
  const followUp = readMember(members, 'opvolging', (part) => readFollowUp(part, vocabulary, faults), faults)
  const identityQuestion = readMember(
    members,
    'identiteitsvraag',
    (part) => readIdentityQuestion(part, vocabulary, faults),
    faults,
  )
  return {
    ...(feedbackPurpose !== undefined && { feedbackPurpose }),
    ...(replyKind !== undefined && { replyKind }),
    ...(followUp && { followUp }),
    ...(identityQuestion && { identityQuestion }),
  }
}

function readFollowUp(
  node: YamlNode,
  { kinds, groups }: Pick<Vocabulary, 'kinds' | 'groups'>,
  faults: PolicyFault[],
): GatewayWords['followUp'] {
  const members = readMembers(node, { required: ['soorten', 'groepen'] }, faults)
  if (members === undefined) return undefined
  const read = (key: string, kind: WordKind) =>
    readMember(members, key, (list) => readWords(list, kind, faults), faults) ?? []
  return {
    kinds: read('soorten', wordKind(kinds, { nl: 'soort', en: 'kind' }, 'soorten')),
    groups: read('groepen', wordKind(groups, { nl: 'groep', en: 'group' }, 'groepen')),
  }
}

function readIdentityQuestion(
  node: YamlNode,
  { kinds, circumstances, fields }: Pick<Vocabulary, 'kinds' | 'circumstances' | 'fields'>,
  faults: PolicyFault[],
): IdentityQuestionWords | undefined {
  const members = readMembers(node, { required: ['soort', 'betrokkene', 'gegevens', 'vraag', 'antwoord'] }, faults)
  if (members === undefined) return undefined
  const read = (key: string, kind: WordKind) =>
    readMember(members, key, (word) => readWord(word, kind, faults), faults) ?? ''
  const circumstance = wordKind(circumstances, { nl: 'omstandigheid', en: 'circumstance' }, 'omstandigheden')
  const readEstablished = (key: string) =>
    readMember(
      members,
      key,
      (word) => {
        const id = readWord(word, circumstance, faults)
        const { impliedBy, settledBy } = (id !== undefined && circumstances.get(id)) || {}
        // A sender that states the other word would establish this one.
        if (id !== undefined && (impliedBy || settledBy)) {
          addFault(
            faults,
            word.position,
            {
              nl: `omstandigheid ${quote(id)} volgt uit iets anders, terwijl alleen Sluis haar vaststelt`,
              en: `circumstance ${quote(id)} follows from something else, while only Sluis establishes it`,
            },
            {
              nl: 'verwijder daar `volgt-uit` en `volgt-uit-waarde`',
              en: 'remove `volgt-uit` and `volgt-uit-waarde` there',
            },
          )
        }
        return id
      },
      faults,
    ) ?? ''
  const field = wordKind(fields, { nl: 'gegeven', en: 'field' }, 'velden')
  const readTextField = (key: string) =>
    readMember(
      members,
      key,
      (word) => {
        const id = readWord(word, field, faults)
        if (id !== undefined && fields.get(id)?.type !== 'tekst') {
          addFault(
            faults,
            word.position,
            { nl: `gegeven ${quote(id)} is geen tekst`, en: `field ${quote(id)} is not text` },
            { nl: 'kies een gegeven van type `tekst`', en: 'choose a field of type `tekst`' },
          )
        }
        return id
      },
      faults,
    ) ?? ''
  return {
    kind: read('soort', wordKind(kinds, { nl: 'soort', en: 'kind' }, 'soorten')),
    subjectField: readTextField('betrokkene'),
    fieldsField: readTextField('gegevens'),
    askedCircumstance: readEstablished('vraag'),
    answeredCircumstance: readEstablished('antwoord'),
  }
}
