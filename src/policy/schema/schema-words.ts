import { IDENTIFIER_KINDS } from '../../model/identifier.ts'
import { MAIL_ADDRESS, SCOPES, SUBJECT_PATTERN } from '../../model/party.ts'
import { MAX_ASSESSMENT_WORDS, MAX_CIRCUMSTANCES, MAX_FIELDS, MAX_MEMBERS } from '../../model/rule-file-bounds.ts'
import { FIELD_CLASSES, FIELD_TYPES, KNOWERS } from '../../model/vocabulary.ts'
import { LEVELS } from '../files/fields.ts'
import { YEARS_AGO } from '../files/relations/date-limits.ts'
import { AGES } from '../files/relations/word-relations.ts'
import { BLOCK_LIMITS } from '../files/vocabulary.ts'
import {
  DATE,
  idMap,
  LABELS,
  LOCALISED,
  list,
  members,
  oneOf,
  ref,
  type Schema,
  text,
  url,
  words,
} from './schema-parts.ts'

const LADDER_LEVELS = [...new Set(Object.values(LEVELS).flatMap((ranks) => Object.keys(ranks ?? {})))]

const FIELD = members(
  {
    type: oneOf(FIELD_TYPES),
    klasse: oneOf(FIELD_CLASSES),
    kenmerk: oneOf(IDENTIFIER_KINDS),
    ladder: list(oneOf(LADDER_LEVELS), 'Niveaus, het fijnste eerst.'),
    waarden: { type: 'object', maxProperties: MAX_MEMBERS, additionalProperties: LOCALISED },
    grenzen: {
      ...members({
        'niet-in-de-toekomst': {
          ...oneOf(['ja', 'nee']),
          description: 'De datum ligt nooit na de dag van de uitwisseling.',
        },
        'hoogstens-jaren-geleden': {
          type: 'integer',
          ...YEARS_AGO,
          description: 'De datum ligt hooguit zo veel jaren voor de uitwisseling.',
        },
        'niet-voor': words('datumveld', 'Datums van dezelfde persoon die nooit later zijn dan deze.'),
      }),
      description:
        'Wat van elke datum in dit veld zeker is. Een melding die daarmee in strijd is, wordt teruggestuurd.',
    },
    htcds: text('Tegenhanger in de Human Trafficking Case Data Standard.'),
    dpv: text('Tegenhanger in de Data Privacy Vocabulary.'),
    ...LABELS,
  },
  ['type', 'klasse', 'nl', 'en'],
)

const EXCLUDES = words('omstandigheid-of-beoordeling', 'Wat nooit tegelijk met dit waar is.')

const STATEMENT: Readonly<Record<string, Schema>> = {
  vraag: {
    ...LOCALISED,
    description: 'De zin als vraag, waarop ja of nee het antwoord is. Verplicht als een regel naar het woord vraagt.',
  },
  weet: {
    ...list(
      oneOf(KNOWERS),
      'Wie het antwoord kan weten of erover beslist. Verplicht als een regel naar het woord vraagt.',
    ),
    uniqueItems: true,
  },
  kort: {
    ...LOCALISED,
    description: 'De zin in enkele woorden, als einde van een andere zin: ‘met uitdrukkelijke toestemming’.',
  },
}

const CIRCUMSTANCE = members(
  {
    ...LABELS,
    ...STATEMENT,
    'sluit-uit': EXCLUDES,
    'volgt-uit': words('omstandigheid', 'Omstandigheden waaruit deze volgt: is er één waar, dan is deze het ook.'),
    'volgt-uit-waarde': {
      ...members(
        {
          veld: ref('veld'),
          'jonger-dan': {
            type: 'integer',
            ...AGES,
            description: 'Waar zolang de persoon nog niet zo veel jaren oud is.',
          },
          'waar-bij': list(text('Een waarde van het veld.'), 'Waarden waarbij de omstandigheid waar is.'),
          'onwaar-bij': list(text('Een waarde van het veld.'), 'Waarden waarbij de omstandigheid onwaar is.'),
        },
        ['veld'],
      ),
      description: 'Wat een ingevuld gegeven al zegt over deze omstandigheid.',
    },
  },
  ['nl', 'en'],
)

const ASSESSMENT = members({ ...LABELS, ...STATEMENT, 'sluit-uit': EXCLUDES }, ['nl', 'en'])

const WORD_LISTS = ['doelen', 'soorten', 'rollen', 'omstandigheden', 'beoordelingen', 'plichten', 'groepen'] as const

const GATEWAY_WORDS: Schema = {
  ...members({
    terugkoppeling: ref('doel'),
    antwoordsoort: ref('soort'),
    opvolging: members(
      {
        soorten: words('soort', 'Berichten waarover de melder hoort wat ermee is gebeurd.'),
        groepen: words('groep', 'Groepen van ontvangers die zo’n bericht opvolgen.'),
      },
      ['soorten', 'groepen'],
    ),
    identiteitsvraag: members(
      {
        soort: ref('soort'),
        betrokkene: ref('veld'),
        gegevens: ref('veld'),
        vraag: ref('omstandigheid'),
        antwoord: ref('omstandigheid'),
      },
      ['soort', 'betrokkene', 'gegevens', 'vraag', 'antwoord'],
    ),
  }),
  description: 'Woorden waar Sluis zelf iets mee doet. Wat ontbreekt, doet Sluis niet.',
}

/** Schema of `woordenlijst.yaml`. */
export const VOCABULARY = members(
  {
    versie: { type: 'integer', minimum: 1 },
    ...Object.fromEntries(WORD_LISTS.map((name) => [name, idMap(LOCALISED)])),
    omstandigheden: idMap(CIRCUMSTANCE, MAX_CIRCUMSTANCES),
    beoordelingen: idMap(ASSESSMENT, MAX_ASSESSMENT_WORDS),
    domeinen: idMap(
      members(
        {
          ontvanger: ref('partij'),
          doelen: words('doel', 'Doelen die één ruimte van pseudoniemen delen.'),
          blokgrens: {
            type: 'integer',
            ...BLOCK_LIMITS,
            description: 'Wat meer personen dan dit gemeen hebben, telt bij het koppelen niet mee.',
          },
          ...LABELS,
        },
        ['ontvanger', 'doelen', 'nl', 'en'],
      ),
    ),
    velden: idMap(FIELD, MAX_FIELDS),
    gevolgen: GATEWAY_WORDS,
  },
  ['versie', ...WORD_LISTS, 'domeinen', 'velden'],
)

const SUBJECT: Schema = {
  type: 'string',
  pattern: SUBJECT_PATTERN,
  description:
    'Het kenmerk (`sub`) waaronder de aanmelddienst van de organisatie deze persoon kent; nooit een naam of e-mailadres.',
}

const SCOPE_LIST: Schema = { ...list(oneOf(SCOPES), 'Wat het systeem of de persoon mag.', 0), uniqueItems: true }

/** Schema of `partijen.yaml`. */
export const PARTIES = members(
  {
    partijen: idMap(
      members(
        {
          ...LABELS,
          groepen: words('groep', 'Groepen waar regels naar verwijzen.', 0),
          toegang: SCOPE_LIST,
          oin: { type: 'string', pattern: '^\\d{20}$', description: '20 cijfers tussen aanhalingstekens.' },
          contact: { ...LOCALISED, description: 'Wie een twijfelaar kan vragen.' },
          'e-mail': {
            type: 'string',
            pattern: MAIL_ADDRESS.source,
            maxLength: 254,
            description:
              'Gedeelde postbus die bericht krijgt als er iets in de postbus van Sluis staat; nooit die van een mens.',
          },
          medewerkers: idMap(members({ ...LABELS, toegang: SCOPE_LIST, subject: SUBJECT }, ['nl', 'en', 'toegang'])),
        },
        ['nl', 'en', 'groepen', 'toegang'],
      ),
    ),
  },
  ['partijen'],
)

/** Whether somebody compared a source with the official text. */
export const COMPARED: Schema = {
  ...oneOf(['ja', 'nee']),
  description: 'nee: niemand heeft de samenvatting vergeleken met de officiële tekst.',
}

const CONDITIONS: Schema = {
  type: 'object',
  maxProperties: MAX_MEMBERS,
  propertyNames: { pattern: '^\\d+[a-z]*([.:]\\d+[a-z]*)*$' },
  additionalProperties: list(
    members(
      {
        voorwaarde: text('Wat het artikel beslissend maakt, in eigen woorden, met het lid.'),
        woorden: words('voorwaardewoord', 'De woorden die dit uitdrukken.'),
        vraag: ref('open-vraag'),
      },
      ['voorwaarde'],
    ),
  ),
  description: 'Per artikel de voorwaarden die het beslissend maakt.',
}

/** Schema of `bronnen.yaml`. */
export const LAWS = members(
  {
    bronnen: idMap(
      members(
        {
          naam: text('De naam voluit.'),
          citeer: text('Hoe een citaat de wet noemt, zoals `Wpg`.'),
          adres: url('Link naar de wet; `{geldend}` wordt de datum en `{artikel}` het artikel.'),
          geldend: { ...DATE, description: 'De versie die gelezen is.' },
          nagezien: COMPARED,
          voorwaarden: CONDITIONS,
        },
        ['naam', 'citeer', 'adres', 'geldend'],
      ),
    ),
  },
  ['bronnen'],
)
