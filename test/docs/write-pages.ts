import { writeFileSync } from 'node:fs'
import { GENERATED_PAGES } from './pages.ts'

for (const [path, format] of Object.entries(GENERATED_PAGES)) {
  writeFileSync(path, format())
  console.log(path)
}
