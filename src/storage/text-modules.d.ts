/** Files that the bundler for Workers includes as text (`rules` of type `Text` in wrangler.toml). */
declare module '*.sql' {
  const text: string
  export default text
}

declare module '*.yaml' {
  const text: string
  export default text
}
