/** Migrations, which the bundler for Workers includes as text. */
declare module '*.sql' {
  const text: string
  export default text
}
