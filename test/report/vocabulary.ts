import type { SubjectDecision } from '../../src/model/decision.ts'
import type { LocalisedText } from '../../src/model/language.ts'
import type { Field, Vocabulary, Word } from '../../src/model/vocabulary.ts'
import { createReportSchemas } from '../../src/report/submission.ts'

const label = (id: string): LocalisedText => ({ nl: `Nederlands ${id}`, en: `English ${id}` })

const words = (...ids: string[]): ReadonlyMap<string, Word> => new Map(ids.map((id) => [id, { id, label: label(id) }]))

const field = (id: string, rest: Partial<Field> & Pick<Field, 'type'>): Field => ({
  id,
  class: 'gewoon',
  ladder: [],
  label: label(id),
  ...rest,
})

/** A small vocabulary with every type of field. */
export const vocabulary: Vocabulary = {
  purposes: words('registratie-mensenhandel', 'coordinatie-opvang-verzorging'),
  kinds: words('melding', 'signaal'),
  roles: words('slachtoffer', 'verdachte'),
  circumstances: words('verwerkt-onder-wpg-8', 'minderjarig'),
  assessments: words('noodzaak', 'zwaarwegend-belang'),
  duties: words('vastleggen'),
  groups: words('opsporing'),
  domains: new Map(),
  fields: new Map(
    [
      field('bsn', { type: 'nummer', class: 'bsn', identifier: 'bsn' }),
      field('v-nummer', { type: 'nummer', class: 'identificerend', identifier: 'v-nummer' }),
      field('voornaam', { type: 'naam', class: 'identificerend', identifier: 'voornaam' }),
      field('tussenvoegsel', { type: 'naam', class: 'identificerend', identifier: 'tussenvoegsel' }),
      field('achternaam', { type: 'naam', class: 'identificerend', identifier: 'achternaam' }),
      field('aliassen', { type: 'namen', class: 'identificerend', identifier: 'alias' }),
      field('geboortedatum', {
        type: 'datum',
        class: 'identificerend',
        identifier: 'geboortedatum',
        ladder: ['maand', 'geboortejaar'],
      }),
      field('telefoonnummer', { type: 'telefoon', class: 'identificerend', identifier: 'telefoon' }),
      field('e-mailadres', { type: 'email', class: 'identificerend', identifier: 'email' }),
      field('woonadres', {
        type: 'adres',
        class: 'identificerend',
        identifier: 'adres',
        ladder: ['postcode4', 'plaats', 'gemeente', 'land'],
      }),
      field('iban', { type: 'nummer', class: 'identificerend', identifier: 'iban' }),
      field('geboorteplaats', { type: 'tekst', identifier: 'geboorteplaats' }),
      field('plaats-delict', { type: 'adres', ladder: ['postcode4', 'plaats', 'gemeente', 'land'] }),
      field('datum-delict', { type: 'datum', ladder: ['maand', 'jaar'] }),
      field('nationaliteit', { type: 'land', identifier: 'nationaliteit' }),
      field('geslacht', {
        type: 'woord',
        identifier: 'geslacht',
        values: new Map([
          ['vrouw', label('vrouw')],
          ['man', label('man')],
        ]),
      }),
      field('toelichting', { type: 'tekst' }),
    ].map((made) => [made.id, made]),
  ),
}

export const schemas = createReportSchemas({
  vocabulary,
  parties: ['politie', 'comensha', 'kmar'],
  legalBases: ['wpg-bpg-4-2-comensha', 'avg-6-1-a'],
})

/** A decision about one data subject, from field to what happens to it: `verstrekken`, `weglaten`, or a level. */
export function decisionOf(
  treatments: Readonly<Record<string, string>>,
  link: readonly string[] = [],
): SubjectDecision {
  return {
    outcome: 'gedeeltelijk',
    fields: Object.entries(treatments).map(([id, treatment]) => ({
      field: id,
      ...(treatment === 'verstrekken' || treatment === 'weglaten' || treatment === 'weigeren'
        ? { release: treatment }
        : { release: 'generaliseren', level: treatment }),
      link: link.includes(id),
      sentence: label(id),
    })),
    firedRules: [],
    prohibitions: [],
    nearestMisses: [],
  }
}
