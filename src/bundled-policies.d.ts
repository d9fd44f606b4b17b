/** The rule files, path to text, as `sluis policy bundle` writes them before a Worker is built. */
declare module '*/.generated/policies.json' {
  const texts: Readonly<Record<string, string>>
  export default texts
}
