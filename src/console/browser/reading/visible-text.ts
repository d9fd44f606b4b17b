/**
 * Text of somebody else with every character visible: those that are invisible or turn text around are replaced by their number.
 * @see UAX #9 (directional formatting characters)
 */
export const showInvisible = (text: string): string =>
  text.replaceAll(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (character) => `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  )
