import type { Hono } from 'hono'
import { languageOf } from '../language.ts'
import { FORMER_CODES, problemPath } from '../problem.ts'
import { notFound, type Route } from '../route.ts'
import { docsPage, problemPage, STYLESHEET } from './pages.ts'

/** Paths of the pages, in OpenAPI form. */
export const PAGE_PATHS = ['/docs', '/style.css', '/problems/{code}']

/** Serves the pages for people: the API and its problems. */
export function servePages(app: Hono, routes: readonly Route[]): void {
  app.get('/docs', (context) => context.html(docsPage(routes, languageOf(context.req.raw))))
  app.get(
    '/style.css',
    () =>
      new Response(STYLESHEET, {
        headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=3600' },
      }),
  )
  app.get('/problems/:code', (context) => {
    const code = context.req.param('code')
    const current = FORMER_CODES.get(code)
    if (current !== undefined) return context.redirect(problemPath(current), 308)
    const page = problemPage(code, languageOf(context.req.raw))
    if (!page) throw notFound()
    return context.html(page)
  })
}
