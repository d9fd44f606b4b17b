import { secret } from '../../model/secret.ts'
import { addEpoch, ROTATIONS } from '../../pseudonym/key-rotation.ts'
import { MASTER_SECRET_BYTES } from '../../pseudonym/keyring.ts'
import { changeKeyringFile } from '../../storage/files/keyring-file.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { DATA_OPTION, JSON_OPTION, LANGUAGE_OPTION, parseLanguage } from '../terminal/options.ts'
import { findKeys, keyringPath, noteKeyCommand, recordIfIdle, verifyOwner } from './key-folder.ts'
import { KEY_WORDS, nameUses } from './key-words.ts'
import { parseRotation } from './parse-rotation.ts'

export const keysRotate = defineCommand({
  name: 'keys rotate',
  summary: {
    nl: 'een epoch met een vers geheim aan de sleutelbos toevoegen, vanaf de volgende start',
    en: 'add an epoch with a fresh secret to the keyring, used from the next start of the gateway',
  },
  usage: 'match|pseudonym|lookup',
  operands: {
    match: {
      nl: 'de sleutels die een persoon herkennen die opnieuw gemeld wordt',
      en: 'the keys that recognise a person who is reported again',
    },
    pseudonym: {
      nl: 'de sleutels die de pseudoniemen maken; elke ontvanger hoort welk pseudoniem welk vervangt',
      en: 'the keys that make the pseudonyms; every recipient is told which pseudonym replaces which',
    },
    lookup: {
      nl: 'de sleutels die een melding of kenmerk herkennen dat opnieuw gestuurd wordt',
      en: 'the keys that recognise a report or a reference that is sent again',
    },
  },
  options: { ...DATA_OPTION, ...LANGUAGE_OPTION, ...JSON_OPTION },
  examples: ['keys rotate match', 'keys rotate pseudonym --data /var/lib/sluis'],
  async run({ values, positionals, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const words = KEY_WORDS[language].rotate
    const rotation = parseRotation(positionals[0], { nl: 'geef wat vernieuwd wordt', en: 'give what to rotate' })
    const uses = ROTATIONS[rotation]
    const keys = findKeys(settings(), values.data)
    const path = keyringPath(keys)
    verifyOwner(keys)
    const fresh = secret(keys.random(MASTER_SECRET_BYTES))
    let epoch = 0
    changeKeyringFile(path, (held) => {
      const added = addEpoch(held, uses, fresh, keys.clock().toISOString().slice(0, 10))
      epoch = added.epoch
      noteKeyCommand(keys, 'rotate', { epoch, uses })
      return added.material
    })
    if (values.json) terminal.out(JSON.stringify({ epoch, uses }))
    else terminal.out(words.serves(epoch, nameUses(uses, language), words.consequences[rotation]))
    terminal.err(words.backUp)
    await recordIfIdle(keys, terminal, language)
    return EXIT.done
  },
})
