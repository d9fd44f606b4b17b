import { OUTCOMES, REASONS, RELEASES } from '../../model/decision.ts'
import { DUTY_KINDS } from '../../model/rule.ts'
import { MAX_EXPLANATION_CHARACTERS, MAX_MEMBERS, MAX_TEXT_CHARACTERS } from '../../model/rule-file-bounds.ts'
import { FINDING_KINDS } from '../files/accepted-findings.ts'
import type { PolicySet } from '../policy-set.ts'
import { definitionsOf } from './schema-definitions.ts'
import { DATE, ID, LOCALISED, list, members, oneOf, ref, type Schema, text, url, words } from './schema-parts.ts'
import { COMPARED, LAWS, PARTIES, VOCABULARY } from './schema-words.ts'

export const SCHEMA_NAMES = ['woordenlijst', 'partijen', 'bronnen', 'grondslag', 'verbod', 'waarborg'] as const
export type SchemaName = (typeof SCHEMA_NAMES)[number]

/**
 * Makes JSON Schemas (draft-07) for the files of a set from its own words, so that an editor completes words and marks faults
 * while somebody types. They check less than the loader does, which has the last word.
 */
export function formatSchemas(set: PolicySet): Readonly<Record<SchemaName, Schema>> {
  const definitions = definitionsOf(set)
  const closed = (title: string, schema: Schema): Schema => {
    const used = Object.keys(definitions).filter((name) => JSON.stringify(schema).includes(`"#/definitions/${name}"`))
    return {
      $schema: 'http://json-schema.org/draft-07/schema#',
      title,
      ...schema,
      definitions: Object.fromEntries(used.map((name) => [name, definitions[name]!])),
    }
  }
  return {
    woordenlijst: closed('Woordenlijst', VOCABULARY),
    partijen: closed('Partijen', PARTIES),
    bronnen: closed('Bronnen', LAWS),
    grondslag: closed('Regelbestand: grondslag', ruleFile('grondslag', BASIS_RULE)),
    verbod: closed('Regelbestand: verbod', ruleFile('verbod', PROHIBITION)),
    waarborg: closed('Regelbestand: waarborg', ruleFile('waarborg', { anyOf: [SAFEGUARD, SHARED_DUTIES] })),
  }
}

const VALIDITY: Schema = {
  ...members({ vanaf: DATE, tot: DATE }, ['vanaf']),
  description: 'Van de eerste dag waarop het geldt tot de eerste dag waarop het niet meer geldt.',
}

const SCOPE: Readonly<Record<string, Schema>> = {
  van: words('partijen', 'Wie geeft. Zonder deze sleutel: iedereen.'),
  naar: words('partijen', 'Wie krijgt. Zonder deze sleutel: iedereen.'),
  doel: words('doel', 'Waarvoor. Zonder deze sleutel: elk doel.'),
  over: words('rol', 'Over wie. Zonder deze sleutel: iedereen.'),
}

const CIRCUMSTANCES: Readonly<Record<string, Schema>> = {
  als: words('omstandigheid', 'Omstandigheden die alle vast moeten staan.'),
  als_niet: words('omstandigheid', 'Omstandigheden waarvan vast moet staan dat zij er niet zijn.'),
}

const STATED = words(
  'omstandigheid',
  'Geldt alleen als iemand heeft gezegd dat dit alles zo is; onbekend telt als nee, omdat de wet dat veronderstelt.',
)
const UNDENIED = words(
  'omstandigheid',
  'Geldt niet als iemand heeft gezegd dat iets hiervan niet zo is; onbekend telt als ja, omdat de wet dat veronderstelt.',
)

const SENDER_CIRCUMSTANCES: Schema = {
  type: 'object',
  minProperties: 1,
  maxProperties: MAX_MEMBERS,
  propertyNames: ref('afzender'),
  additionalProperties: words(
    'omstandigheid',
    'Omstandigheden die ook vast moeten staan als deze partij de afzender is.',
  ),
  description: 'Wat bovendien vast moet staan bij één afzender: een partij uit `van`, of `groep:…`.',
}

const ASSESSMENT = words('beoordeling', 'Wat een mens moet hebben gewogen en verklaard.')
const LEVELS_OF_FIELDS: Schema = { ...ref('niveaus'), description: 'Veld: niveau van de ladder.' }

const DUTIES = list(
  members(
    {
      soort: { anyOf: [ref('plicht'), oneOf(DUTY_KINDS)] },
      voor: oneOf(['afzender', 'ontvanger', 'sluis']),
      grond: text('Het artikel dat de plicht oplegt.'),
      dagen: { type: 'integer', minimum: 1, description: 'bewaartermijn: hooguit zo veel dagen' },
      ten_minste_bewaren: { type: 'integer', minimum: 1, description: 'loggen: ten minste zo veel dagen' },
      aantal: { type: 'integer', minimum: 2, description: 'vier-ogen: hoeveel personen' },
    },
    ['soort'],
  ),
  'Wat bij het geven hoort.',
)

const EXCEPTIONS = list(
  {
    ...members({ ...CIRCUMSTANCES, beoordeling: ASSESSMENT, van: SCOPE.van!, naar: SCOPE.naar!, over: SCOPE.over! }),
    minProperties: 1,
  },
  'Wanneer het niet geldt. Eén uitzondering die vaststaat is genoeg.',
)

const EXPLANATION: Schema = { ...LOCALISED, description: 'Eén zin waarom, voor wie het antwoord krijgt.' }

const BASIS_RULE = members(
  {
    id: ID,
    ...SCOPE,
    ...CIRCUMSTANCES,
    als_van: SENDER_CIRCUMSTANCES,
    als_niet_ontkend: UNDENIED,
    ten_minste_een_van: words('omstandigheid', 'Omstandigheden waarvan er ten minste één vast moet staan.'),
    beoordeling: ASSESSMENT,
    uitzondering: text('De uitzondering van AVG 9 of 10 voor bijzondere gegevens, naast de grondslag.'),
    gegevens: {
      ...members({
        verstrekken: words('veld', 'Wordt ongewijzigd verstrekt.'),
        generaliseren: LEVELS_OF_FIELDS,
        koppelen: words('veld', 'Dient alleen om binnen Sluis de persoon te herkennen.'),
      }),
      minProperties: 1,
    },
    plichten: DUTIES,
    geldig: VALIDITY,
    uitleg: EXPLANATION,
  },
  ['id', 'gegevens', 'uitleg'],
)

const PROHIBITION = members(
  {
    id: ID,
    ...SCOPE,
    ...CIRCUMSTANCES,
    als_gezegd: STATED,
    verbiedt: words('velden', 'Velden, of `klasse:…` voor alle velden van een klasse.'),
    uitkomst: oneOf(['generaliseren', 'alleen-koppelen', 'weglaten', 'weigeren']),
    generaliseren: LEVELS_OF_FIELDS,
    tenzij: EXCEPTIONS,
    geldig: VALIDITY,
    uitleg: EXPLANATION,
  },
  ['id', 'verbiedt', 'uitkomst', 'uitleg'],
)

const SAFEGUARD = members(
  {
    id: ID,
    ...SCOPE,
    ...CIRCUMSTANCES,
    als_gezegd: STATED,
    generaliseren: LEVELS_OF_FIELDS,
    weglaten: words('velden', 'Wordt achtergehouden en niet gekoppeld.'),
    'alleen-koppelen': words('velden', 'Wordt alleen gekoppeld.'),
    plichten: DUTIES,
    tenzij: EXCEPTIONS,
    geldig: VALIDITY,
    uitleg: EXPLANATION,
  },
  ['id', 'uitleg'],
)

const SHARED_DUTIES = members(
  {
    id: ID,
    bij_grondslag: words(
      'grondslagen',
      'De plichten horen bij elke regel van deze grondslagen; `wpg-*` zijn alle die met `wpg-` beginnen.',
    ),
    plichten: DUTIES,
    geldig: VALIDITY,
    uitleg: EXPLANATION,
  },
  ['id', 'bij_grondslag', 'plichten', 'uitleg'],
)

const SITUATION: Readonly<Record<string, Schema>> = {
  van: ref('partij'),
  naar: ref('partij'),
  doel: ref('doel'),
  over: ref('rol'),
  op: DATE,
  ja: words('omstandigheid', 'Wat vaststaat.', 0),
  nee: words('omstandigheid', 'Waarvan vaststaat dat het niet zo is.', 0),
  verklaard: words('beoordeling', 'Wat een mens heeft verklaard.', 0),
  gegevens: words('veld', 'Welke gegevens gevraagd zijn.', 0),
  grondslag: ref('grondslag'),
}

const EXPECTED = members(
  {
    besluit: oneOf(OUTCOMES),
    reden: oneOf(REASONS),
    gegevens: {
      type: 'object',
      maxProperties: MAX_MEMBERS,
      propertyNames: ref('veld'),
      additionalProperties: {
        type: 'string',
        maxLength: MAX_TEXT_CHARACTERS,
        pattern: `^(${RELEASES.join('|')})(:[a-z0-9-]+)?$`,
      },
    },
    koppelen: words('veld', 'Precies deze velden koppelen.', 0),
    plichten: words('plicht', 'Precies deze plichten horen erbij.', 0),
    regel: text('De regel van dit bestand die geldt.'),
  },
  ['besluit'],
)

const SUMMARY = text('Wat er staat, in eigen woorden.')

const CITATION = members(
  {
    bron: ref('bron'),
    artikel: text('Het artikel, zoals het na `art.` geciteerd wordt.'),
    citeer: text('Het hele citaat, als het niet met een artikel begint.'),
    link: text('Het artikel waar de link naartoe gaat, of `hele-wet`. Zonder deze sleutel: het eerste artikel.'),
    geldend: { ...DATE, description: 'Een andere versie dan die in bronnen.yaml.' },
    nagezien: COMPARED,
    samenvatting: SUMMARY,
  },
  ['bron', 'samenvatting'],
)

const OWN_SOURCE = members(
  {
    citeer: text('Hoe de bron geciteerd wordt.'),
    url: url('Link naar de gedateerde versie.'),
    geldend: { ...DATE, description: 'De versie die gelezen is.' },
    nagezien: COMPARED,
    samenvatting: SUMMARY,
  },
  ['citeer', 'url', 'geldend', 'samenvatting'],
)

const ruleFile = (kind: string, rule: Schema): Schema =>
  members(
    {
      soort: { const: kind },
      id: { ...ID, description: 'De naam van het bestand, zonder `.yaml`.' },
      titel: text('Waar het bestand over gaat.'),
      grond: text('Het artikel waarop de regels steunen.'),
      bronnen: list({ anyOf: [CITATION, OWN_SOURCE] }),
      geldig: VALIDITY,
      toelichting: text('Wat een lezer moet weten. Wat onzeker is, staat onder vragen.', MAX_EXPLANATION_CHARACTERS),
      regels: list(rule),
      voorbeelden: members(
        {
          uitgangspunt: members(SITUATION, ['van', 'naar', 'doel', 'over', 'op', 'gegevens']),
          gevallen: list(
            members({ naam: text('Wat het geval laat zien.'), gegeven: members(SITUATION), verwacht: EXPECTED }, [
              'naam',
              'verwacht',
            ]),
          ),
        },
        ['uitgangspunt', 'gevallen'],
      ),
      vragen: list(
        members(
          {
            id: {
              ...ID,
              description: 'Waarmee een voorwaarde in bronnen.yaml naar deze vraag verwijst: `bestand/id`.',
            },
            vraag: text('Wat een jurist nog moet beslissen, als vraag.'),
            hangt_af: {
              ...list(
                text('Een regel van dit bestand of een veld.'),
                'Wat van het antwoord afhangt. Zonder deze sleutel: het hele bestand.',
              ),
              uniqueItems: true,
            },
            intussen: text('Wat dit bestand doet zolang het antwoord er niet is: de voorzichtige kant.'),
          },
          ['vraag', 'intussen'],
        ),
        'Open vragen voor een jurist. Zij beslissen niets.',
      ),
      verantwoord: list(
        members({ bevinding: oneOf(FINDING_KINDS), regel: ID, waarom: text('Waarom het zo hoort.') }, [
          'bevinding',
          'waarom',
        ]),
        'Bevindingen van `sluis policy analyse` die zo horen.',
      ),
    },
    ['soort', 'id', 'titel', 'grond', 'bronnen', 'geldig', 'toelichting', 'regels', 'voorbeelden'],
  )
