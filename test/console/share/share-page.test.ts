import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.stop())

const CHOSEN = 'from=fier&to=comensha&purpose=coordinatie-opvang-verzorging&about=slachtoffer'

async function ask(query: string, language = 'nl') {
  const answer = await fetch(`${gateway.issuer}/may-i-share?${query}`, {
    redirect: 'manual',
    headers: { 'accept-language': language },
  })
  const page = await answer.text()
  const text = page
    .replaceAll(/<\/?(?:a|bdi|span|strong)\b[^>]*>/g, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
  return { status: answer.status, page, text }
}

/** The words of a list of choices, in two parts: those that some rule knows, and the others. */
function optionsOf(page: string, name: string) {
  const list = page.match(new RegExp(`<select [^>]*name="${name}"[^>]*>(.*?)</select>`, 's'))![1]!
  const words = (group: string) => [...group.matchAll(/<option value="([^"]+)"/g)].map((match) => match[1]!)
  const [known = '', others = ''] = list.split('<optgroup').slice(1)
  return { known: words(known), others: words(others) }
}

describe('the choices', () => {
  test('every choice is there before anything is chosen, and no answer is', async () => {
    const { status, page, text } = await ask('')
    expect(status).toBe(200)
    expect(optionsOf(page, 'from').known).toContain('fier')
    expect(text).toContain('Hier staat straks het antwoord')
    expect(page).not.toContain('type="checkbox"')
  })

  test.each([
    ['from=fier', 'to', 'comensha', 'europol'],
    ['from=fier&to=comensha', 'purpose', 'coordinatie-opvang-verzorging', 'politietaak'],
    ['from=fier&to=comensha&purpose=coordinatie-opvang-verzorging', 'about', 'slachtoffer', 'verdachte'],
  ])(
    'after %s the list of %s has what a rule knows first, and the others after it',
    async (query, name, known, other) => {
      const lists = optionsOf((await ask(query)).page, name)
      expect(lists.known).toContain(known)
      expect(lists.others).toContain(other)
    },
  )

  test('a party cannot choose itself as the recipient', async () => {
    const { known, others } = optionsOf((await ask('from=fier')).page, 'to')
    expect([...known, ...others]).not.toContain('fier')
  })

  test('fields of a special category have a group of their own, and fields without a rule come last', async () => {
    const { page } = await ask(CHOSEN)
    const place = (field: string) => page.indexOf(`value="${field}"`)
    expect(place('voornaam')).toBeLessThan(place('opvangbehoefte'))
    expect(place('opvangbehoefte')).toBeLessThan(place('medische-situatie'))
    expect(place('medische-situatie')).toBeLessThan(place('iban'))
  })
})

describe('the answer', () => {
  const ADULT = 'is.toestemming=yes&is.toestemming-ingetrokken=no&is.jonger-dan-16=no'
  const FREE = `${ADULT}&is.onder-curatele-bewind-of-mentorschap=no&is.onder-medisch-beroepsgeheim=no&is.afkomstig-van-opsporingsdienst=no`

  test('each field has what happens to it, the sentence, and the article with its link', async () => {
    const { page, text } = await ask(`${CHOSEN}&field=voornaam&field=verblijfadres&field=bsn&${FREE}`)
    expect(text).toContain('Dit mag gedeeltelijk')
    expect(text).toMatch(/✓ Zou worden verstrekt[^✓]*Voornaam/)
    expect(text).toMatch(/≈ Zou grover worden verstrekt[^≈]*Verblijfadres \(gemeente\)/)
    expect(text).toMatch(/– Zou worden achtergehouden[^–]*Burgerservicenummer/)
    expect(page).toMatch(/href="https:\/\/eur-lex[^"]+"[^>]*><bdi>AVG art\. 6 lid 1 onder a<\/bdi>/)
    expect(text).toContain('Geen enkel ander antwoord verandert dit nog')
  })

  test('the question that matters most has both answers side by side, and neither is offered as the way', async () => {
    const { page, text } = await ask(`${CHOSEN}&field=voornaam`)
    expect(text).toContain('Begin met deze vraag')
    const [first] = page.split('<section class="card question"').slice(1)
    expect(first!.match(/<button name="is\.[^"]+" value="(\w+)">/g)).toHaveLength(3)
    expect(first).not.toContain('class="primary"')
  })

  test('an answer that is not known is not asked again, and says whom to ask', async () => {
    const { text, page } = await ask(`${CHOSEN}&field=voornaam&is.toestemming=unknown`)
    expect(page).not.toContain('<button name="is.toestemming"')
    expect(text).toMatch(/Heeft de betrokkene toestemming[^?]*\? Vraag het aan de persoon om wie het gaat/)
  })

  test('what is not known still counts as open, and is not called impossible', async () => {
    const { text } = await ask(
      `${CHOSEN}&field=voornaam&field=medische-situatie&${FREE}&is.uitdrukkelijke-toestemming=yes&is.toestemming-voor-bijzondere-gegevens=unknown`,
    )
    expect(text).toContain('Er is nog 1 vraag die het kan veranderen')
    expect(text).toContain('Wat u nog niet weet, kan wel iets veranderen')
    expect(text).not.toContain('Wat niet kan, wat u ook antwoordt')
  })

  test('an answered question stays in the list, can be changed, and can be cleared', async () => {
    const { page } = await ask(`${CHOSEN}&field=voornaam&is.jonger-dan-16=yes`)
    expect(page).toMatch(/name="is\.jonger-dan-16" value="yes" checked/)
    expect(page).toContain(`href="/may-i-share?${CHOSEN.replaceAll('&', '&amp;')}&amp;field=voornaam"`)
  })

  test('a field that refuses everything can be left out with one press', async () => {
    const figures = 'from=politie&to=kmar&purpose=verschijnselen-delen&about=geen-persoon'
    const { page, text } = await ask(`${figures}&field=voornaam&field=verschijnsel`)
    expect(text).toContain('Zolang dit erbij zit, mag niets: Voornaam.')
    expect(page).toContain(`href="/may-i-share?${figures.replaceAll('&', '&amp;')}&amp;field=verschijnsel"`)
  })

  test('a field that no rule gives is not said to refuse the others', async () => {
    const { text } = await ask(
      'from=fier&to=politie&purpose=inschakelen-politie&about=slachtoffer&field=voornaam&field=medische-situatie',
    )
    expect(text).toContain('Medische situatie: op geen enkele grondslag')
    expect(text).not.toContain('Zolang dit erbij zit')
  })

  const TWO_BASES =
    'from=politie&to=ind&purpose=vreemdelingrechtelijke-beslissing&about=slachtoffer&field=voornaam&field=wervingsland' +
    '&is.verwerkt-onder-wpg-13-1-a-of-d=yes&is.verwerkt-onder-wpg-8-9-10ac-of-13=yes&is.noodzaak=yes' +
    '&is.onder-medisch-beroepsgeheim=no&is.afkomstig-van-opsporingsdienst=no&is.verkregen-bij-uitvoering-wmo=no'

  test('a legal basis is asked for where it changes something, with what each gives', async () => {
    const { page, text } = await ask(TWO_BASES)
    expect(text).toContain('Op welke grondslag deelt u?')
    expect(text).toMatch(/Dan gaat mee: Voornaam\. Kies deze grondslag/)
    expect(text).toMatch(/Dan gaat mee: Voornaam en Land van werving\. Kies deze grondslag/)
    expect(page.match(/<button name="basis" value="[^"]+">/g)).toHaveLength(2)
    const chosen = await ask(`${TWO_BASES}&basis=wpg-bpg-4-1-ind`)
    expect(chosen.text).toMatch(/Zou worden achtergehouden Land van werving/)
    expect(chosen.text).not.toContain('Op welke grondslag deelt u?')
  })

  test('no legal basis is asked for where only one gives something', async () => {
    expect((await ask(`${CHOSEN}&field=voornaam&${FREE}`)).text).not.toContain('Op welke grondslag deelt u?')
  })

  test('the answer is the same in English', async () => {
    const { text } = await ask(`${CHOSEN}&field=voornaam&${FREE}`, 'en')
    expect(text).toContain('Allowed: everything requested is released.')
    expect(text).not.toMatch(/Zou worden|Vraag het/)
  })
})

describe('an address with a fault', () => {
  const canary = 'KANARIE-123'
  test.each([
    ['a word that is no party', `from=${canary}`, 'part-from', 'staat niet in deze lijst'],
    ['a purpose twice', `${CHOSEN}&purpose=politietaak`, 'part-purpose', 'twee keer'],
    ['a field that does not exist', `${CHOSEN}&field=${canary}`, 'part-field', 'een gegeven dat Sluis niet kent'],
    [
      'an answer that is none',
      `${CHOSEN}&field=voornaam&is.jonger-dan-16=${canary}`,
      '',
      'geen ja, nee of weet ik niet',
    ],
    ['an answer to no question', `${CHOSEN}&field=voornaam&is.${canary}=yes`, '', 'een vraag die Sluis niet stelt'],
    [
      'what only the gateway states',
      `${CHOSEN}&is.antwoord-op-identiteitsvraag=yes`,
      '',
      'een vraag die Sluis niet stelt',
    ],
    ['a part that does not exist', `${CHOSEN}&${canary}=1`, '', 'een onderdeel dat Sluis niet kent'],
    ['the same party twice', 'from=fier&to=fier', 'part-to', 'niet met uzelf delen'],
    ['too many parts', 'field=voornaam&'.repeat(1_001), '', 'te veel onderdelen'],
  ])('%s is a page with the fault at its place, without the value', async (_, query, place, sentence) => {
    const { status, page, text } = await ask(query)
    expect([status, page.includes(canary)]).toEqual([400, false])
    expect(text).toContain(sentence)
    if (place) expect(page).toContain(`<a href="#${place}">`)
    if (place) expect(page).toContain(`id="${place}"`)
  })

  test('two replies that contradict each other are both named, and there is no answer', async () => {
    const { status, page, text } = await ask(`${CHOSEN}&field=voornaam&is.jonger-dan-12=yes&is.jonger-dan-16=no`)
    expect(status).toBe(400)
    expect(page).toContain('href="#part-is-jonger-dan-12"')
    expect(page).toContain('href="#part-is-jonger-dan-16"')
    expect(text).toContain('Er is geen antwoord zolang')
  })
})
