export type Language = 'nl' | 'en'
/** A sentence for people, in Dutch and in English. */
export type LocalisedText = Readonly<Record<Language, string>>
