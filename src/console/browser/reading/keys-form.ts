import { type Chosen, chooseKeys, chooseLogKeys } from './chosen-keys.ts'
import { part } from './elements.ts'
import type { Keys } from './read-delivery.ts'
import type { ReaderWords } from './words.ts'

/**
 * Lets the form for keys work. Keys stay in memory of the page: nothing is stored, and a chosen file is forgotten when it was read.
 * @param onChange called with the keys when both files fit, and with undefined when they no longer do
 */
export function listenForKeys(words: ReaderWords, onChange: (keys: Keys | undefined) => void): void {
  const state = part('keys-state', HTMLElement)
  let keys: Keys['keys'] | undefined
  let logKeys: Keys['logKeys'] | undefined
  const report = () => {
    const chosen = keys && logKeys ? { keys, logKeys } : undefined
    state.textContent = chosen ? words.keysReady(chosen.keys.length) : ''
    onChange(chosen)
  }
  listenForFile('key-file', words, chooseKeys, (value) => {
    keys = value
    report()
  })
  listenForFile('log-file', words, chooseLogKeys, (value) => {
    logKeys = value
    report()
  })
  part('needs-script', HTMLElement).hidden = true
  part('keys', HTMLElement).hidden = false
}

function listenForFile<Value>(
  id: string,
  words: ReaderWords,
  choose: (file: File) => Promise<Chosen<Value>>,
  onChosen: (value: Value | undefined) => void,
): void {
  const input = part(id, HTMLInputElement)
  const fault = part(`${id}-fault`, HTMLElement)
  input.addEventListener('change', async () => {
    const file = input.files?.[0]
    const chosen = file && (await choose(file))
    const message = chosen && !chosen.ok ? words.keyFault[chosen.fault] : ''
    fault.textContent = message
    input.toggleAttribute('aria-invalid', false)
    if (message !== '') input.setAttribute('aria-invalid', 'true')
    onChosen(chosen?.ok ? chosen.value : undefined)
  })
}
