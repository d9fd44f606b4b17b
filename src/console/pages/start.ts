import { html } from 'hono/html'
import { showPage } from '../answers.ts'
import { NOTHING } from '../html.ts'
import { NAVIGATION } from '../navigation.ts'
import { type ConsolePage, mayOpen } from '../page.ts'
import { listPeople } from '../sign-in/people-list.ts'

const WORDS = {
  nl: {
    title: 'Deel wat mag, en laat zien dat het mocht',
    lead: 'Sluis helpt organisaties tegen mensenhandel om een melding over een mogelijk slachtoffer te delen: precies zover als de wet het toestaat.',
    work: 'Wat wilt u doen?',
    none: 'Voor uw werk is er nog geen pagina.',
  },
  en: {
    title: 'Share what is allowed, and show that it was',
    lead: 'Sluis helps organisations against human trafficking to share a report about a possible victim: exactly as far as the law allows.',
    work: 'What do you want to do?',
    none: 'There is no page for your work yet.',
  },
} as const

/** The first page. */
export const startPage: ConsolePage = {
  method: 'get',
  path: '/',
  access: 'open',
  perform: (visit) => {
    const words = WORDS[visit.language]
    const doors = NAVIGATION.filter(({ path, access }) => path !== '/' && mayOpen(visit, access))
    return showPage(visit, {
      title: visit.person ? words.work : words.title,
      body: html`${visit.person ? NOTHING : html`<p class="lead">${words.lead}</p>`}
${
  doors.length > 0
    ? html`<ul class="doors">${doors.map(({ path, label, about }) => html`<li><a href="${path}">${label[visit.language]}</a> <span class="quiet">${about?.[visit.language] ?? ''}</span></li>`)}</ul>`
    : html`<p>${words.none}</p>`
}
${visit.person ? NOTHING : listPeople(visit)}`,
    })
  },
}
