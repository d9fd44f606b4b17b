import { html } from 'hono/html'
import type { LocalisedText } from '../../model/language.ts'
import type { Party, Person, Scope } from '../../model/party.ts'
import { type Html, NOTHING } from '../html.ts'
import type { Visit } from '../page.ts'
import { labelPerson } from './person-label.ts'
import { startAddress } from './start-address.ts'
import { SIGN_IN_WORDS } from './words.ts'

/** What somebody can do here, the most telling first. */
const WORK: readonly (readonly [Scope, LocalisedText])[] = [
  ['audit:read', { nl: 'controleert het logboek', en: 'reviews the log' }],
  ['policy:write', { nl: 'stelt regels voor en keurt ze goed', en: 'proposes and approves rules' }],
  [
    'subject:request',
    { nl: 'behandelt verzoeken om inzage en wissing', en: 'handles requests for access and erasure' },
  ],
  ['inbox:read', { nl: 'opent wat binnenkomt', en: 'opens what comes in' }],
  ['exchange:submit', { nl: 'stuurt meldingen', en: 'sends reports' }],
  ['match:review', { nl: 'beoordeelt of het dezelfde persoon is', en: 'judges who is the same person' }],
  ['exchange:approve', { nl: 'keurt als tweede persoon goed', en: 'approves as the second person' }],
]
const MOST_WORK = 2

/**
 * The people of a demo, each one click away from being signed in. Empty unless the settings say that this is a demo.
 * @param to path to go to afterwards
 */
export function listPeople({ language, gateway, signIn }: Visit, to = '/'): Html {
  if (!signIn.settings.listsPeople) return NOTHING
  const parties = signIn.settings.providers
    .flatMap((provider) => provider.parties)
    .flatMap((id) => gateway.policySet.parties.get(id) ?? [])
  return html`<section aria-labelledby="people">
<h2 id="people">${SIGN_IN_WORDS[language].demoTitle}</h2>
<p>${SIGN_IN_WORDS[language].demo}</p>
<div class="cards">${parties.map(
    (party) => html`<div class="card">
<h3>${party.label[language]}</h3>
<ul class="doors">${[...party.people.values()]
      .filter(({ subject }) => subject !== undefined)
      .map((person) => showDoor(party, person, to, language))}</ul>
</div>`,
  )}</div>
</section>`
}

function showDoor(party: Party, person: Person, to: string, language: Visit['language']): Html {
  const work = WORK.filter(([scope]) => person.scopes.includes(scope)).slice(0, MOST_WORK)
  return html`<li><a href="${startAddress({ party: party.id, person: person.id, to })}"><bdi>${labelPerson(person)[language]}</bdi></a> <span class="quiet">${work.map(([, label]) => label[language]).join(', ')}</span></li>`
}
