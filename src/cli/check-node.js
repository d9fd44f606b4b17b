// Stops a Node that is too old. Plain JavaScript, because such a Node cannot read the TypeScript of everything else.
const NEEDED = 24

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  console.error(
    `sluis: Node ${process.versions.node} is too old, Node ${NEEDED} is needed; use \`npx sluis\` or \`npm run\`, which take the Node that \`npm ci\` installed, or install Node ${NEEDED} where \`npm ci\` has none (macOS)`,
  )
  process.exit(1)
}
