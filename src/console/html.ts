import { html } from 'hono/html'

/** Text that the template has escaped. */
export type Html = ReturnType<typeof html>

/** Nothing. */
export const NOTHING: Html = html``
