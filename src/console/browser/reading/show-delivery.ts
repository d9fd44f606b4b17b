import type { ShownContent, ShownNotice, ShownSubject } from '../../../delivery/content-form.ts'
import { type Child, element, written } from './elements.ts'
import {
  fieldLabel,
  formatValue,
  inOrder,
  labelOf,
  type ReaderLabels,
  shortName,
  showDate,
  showMoment,
} from './labels.ts'
import type { ReadDelivery, Reading } from './read-delivery.ts'
import type { ReaderLanguage, ReaderWords } from './words.ts'

/** How a reader speaks. */
export interface Speech {
  readonly language: ReaderLanguage
  readonly words: ReaderWords
  readonly labels: ReaderLabels
}

/** What was read of a delivery, or why it stays closed. */
export const showReading = (reading: Reading, speech: Speech): HTMLElement =>
  reading.ok ? showRead(reading, speech) : showClosed(reading, speech)

function showClosed(closed: Extract<Reading, { ok: false }>, { words }: Speech): HTMLElement {
  return element(
    'div',
    { class: 'notice warn', role: 'alert' },
    element('p', {}, element('strong', {}, words.closed)),
    element('p', {}, words.closedWhy[closed.why]),
    ...(closed.detail === ''
      ? []
      : [element('details', {}, element('summary', {}, words.detail), element('p', {}, written(closed.detail)))]),
  )
}

function showRead({ shown }: ReadDelivery, speech: Speech): HTMLElement {
  const parts = shown.kind === 'exchange' ? showContent(shown.content, speech) : showNotice(shown.content, speech)
  return element('div', { class: 'read' }, element('p', { class: 'released' }, `✓ ${speech.words.proven}`), ...parts)
}

function showContent(content: ShownContent, speech: Speech): readonly Child[] {
  const { words, labels, language } = speech
  return [
    terms([
      [words.from, written(labelOf(labels.parties, content.sender))],
      [words.at, showMoment(content.at, language)],
      [words.purpose, written(labelOf(labels.purposes, content.purpose))],
      ...(content.legalBasis === undefined
        ? []
        : [[words.basis, written(labelOf(labels.files, content.legalBasis))] as const]),
      [words.exchange, element('code', {}, content.exchangeId)],
    ]),
    ...content.dataSubjects.map((subject) => showSubject(subject, speech)),
    ...(content.links.some(({ type }) => type === 'possible-match') || content.hasMoreLinks
      ? [element('p', { class: 'notice' }, words.mayBeOne)]
      : []),
    ...(content.duties.length === 0
      ? []
      : [
          element('h4', {}, words.duties),
          element(
            'ul',
            {},
            ...content.duties.map(({ kind, citation, retentionDays }) =>
              element(
                'li',
                {},
                written(labelOf(labels.duties, kind)),
                retentionDays === undefined ? '' : `: ${words.days(retentionDays)}`,
                ...(citation === undefined ? [] : [' (', written(citation), ')']),
              ),
            ),
          ),
        ]),
  ]
}

function showSubject(subject: ShownSubject, { words, labels, language }: Speech): HTMLElement {
  const fields = inOrder(labels, Object.keys(subject.data))
  return element(
    'section',
    { class: 'subject' },
    element(
      'h4',
      {},
      written(labelOf(labels.roles, subject.role)),
      ' ',
      element('code', {}, shortName(subject.pseudonym)),
    ),
    ...(subject.isLinkable ? [] : [element('p', { class: 'quiet' }, words.apart)]),
    fields.length === 0
      ? element('p', {}, words.nothing)
      : terms(
          fields.map((field) => [
            written(fieldLabel(labels, field, subject.generalised[field])),
            written(formatValue(labels, field, subject.data[field]!, language)),
          ]),
        ),
    ...(subject.redactions === 0 ? [] : [element('p', { class: 'quiet' }, words.redactions(subject.redactions))]),
    ...subject.assessments.map(({ word, by, on }) =>
      element(
        'p',
        {},
        written(labelOf(labels.assessments, word)),
        ' ',
        written(words.assessed(by, showDate(on, language))),
      ),
    ),
  )
}

function showNotice(notice: ShownNotice, { words }: Speech): readonly Child[] {
  const name = shortName
  if (notice.type === 'merged') return [element('p', {}, words.becameOne(name(notice.from), name(notice.to)))]
  if (notice.type === 'split') return [element('p', {}, words.split(name(notice.from), name(notice.to)))]
  if (notice.type === 'pseudonyms-renewed') return [element('p', {}, words.renewed(notice.pseudonyms.length))]
  return [
    element('p', {}, words.recalled),
    element('p', {}, written(labelOf(words.grounds, notice.ground))),
    terms([[words.exchange, element('code', {}, notice.exchangeId)]]),
  ]
}

const terms = (pairs: readonly (readonly [Child, Child])[]): HTMLElement =>
  element(
    'dl',
    {},
    ...pairs.flatMap(([term, description]) => [element('dt', {}, term), element('dd', {}, description)]),
  )
