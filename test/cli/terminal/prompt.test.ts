import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { InterruptedError, openPrompt } from '../../../src/cli/terminal/prompt.ts'

function openTerminal() {
  const [input, output] = [new PassThrough(), new PassThrough()]
  let screen = ''
  output.on('data', (text: Buffer) => {
    screen += text.toString()
  })
  return { input, prompt: openPrompt(input, output), screen: () => screen }
}

describe('a prompt', () => {
  test('a prompt shows its text and resolves to the line', async () => {
    const { input, prompt, screen } = openTerminal()
    const answer = prompt.ask('yes or no? ')
    input.write('yes\r')
    expect(await answer).toBe('yes')
    expect(screen()).toContain('yes or no? ')
    prompt.close()
  })

  test('lines that were pasted ahead answer the next questions in order', async () => {
    const { input, prompt } = openTerminal()
    const first = prompt.ask('1 ')
    input.write('a\rb\rc\r')
    expect([await first, await prompt.ask('2 '), await prompt.ask('3 ')]).toEqual(['a', 'b', 'c'])
    prompt.close()
  })

  test('the end of the input answers this question and every next one with undefined', async () => {
    const { input, prompt } = openTerminal()
    const first = prompt.ask('1 ')
    input.write('\x04')
    expect([await first, await prompt.ask('2 ')]).toEqual([undefined, undefined])
  })

  test('Ctrl-C at a question rejects it and gives the terminal back', async () => {
    const { input, prompt } = openTerminal()
    const asked = prompt.ask('1 ')
    input.write('\x03')
    await expect(asked).rejects.toBeInstanceOf(InterruptedError)
    expect(await prompt.ask('2 ')).toBeUndefined()
  })

  test('a prompt that asks nothing reads nothing', () => {
    const { input, prompt } = openTerminal()
    prompt.close()
    expect(input.listenerCount('data') + input.listenerCount('readable')).toBe(0)
  })
})
