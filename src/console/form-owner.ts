import type { Visit } from './page.ts'

/** The field of every form that says for whom the form was shown. */
export const FORM_OWNER = 'form-owner'

/**
 * Adds to every form of a page for whom it is shown, so that a form that stayed open on a shared computer is not sent in the name of the
 * next person who signs in (`isOfAnother`).
 * @param page HTML of our own templates, in which texts are escaped
 */
export const nameOwner = (page: string, person: Visit['person']): string =>
  person
    ? page.replaceAll(
        /<form method="post"[^>]*>/g,
        (tag) => `${tag}\n<input type="hidden" name="${FORM_OWNER}" value="${person.id}">`,
      )
    : page

/** Whether the form of a visit was shown to somebody else than the person who sends it. */
export const isOfAnother = ({ form, person }: Pick<Visit, 'form' | 'person'>): boolean =>
  person !== undefined && form.getAll(FORM_OWNER).some((owner) => owner !== person.id)
