import type { ErrorCode } from '../../errors.ts'
import type { ProblemText } from './problem-text.ts'

/** Problems of what is in a body. Such a body is refused before anything is decided or stored. */
export const BODY_TEXTS = {
  'content-type-unsupported': {
    happened: {
      nl: 'Het verzoek zegt niet dat het bericht JSON is. Sluis leest alleen `application/json` en heeft het bericht niet bekeken.',
      en: 'The request does not say that its body is JSON. Sluis reads `application/json` only, and did not look at the body.',
    },
    example: 'POST /v1/exchanges\nContent-Type: text/plain',
    action: {
      nl: 'Stuur de header `Content-Type: application/json` mee. Een andere tekenset dan UTF-8 kan niet.',
      en: 'Send the header `Content-Type: application/json`. No character set other than UTF-8 is accepted.',
    },
  },
  'content-encoding-unsupported': {
    happened: {
      nl: 'Het bericht is gecomprimeerd of op een andere manier gecodeerd. Sluis pakt niets uit: een klein bestand kan uitgepakt reusachtig zijn.',
      en: 'The body is compressed or encoded in another way. Sluis unpacks nothing, because a small file can be enormous once unpacked.',
    },
    example: 'POST /v1/exchanges\nContent-Encoding: gzip',
    action: {
      nl: 'Zet compressie van verzoeken uit in uw programma of in de proxy ervoor.',
      en: 'Turn off compression of requests in your program, or in the proxy before it.',
    },
  },
  'body-too-large': {
    happened: {
      nl: 'Het bericht is groter dan dit adres aanneemt. Het is niet verder gelezen en de verbinding is gesloten.',
      en: 'The body is larger than this address accepts. It was not read any further, and the connection was closed.',
    },
    example: 'Content-Length: 5000000',
    action: {
      nl: 'Verdeel het bericht over meer verzoeken. `detail` noemt hoeveel bytes er passen.',
      en: 'Divide the body over more requests. `detail` states how many bytes fit.',
    },
  },
  'record-too-large': {
    happened: {
      nl: 'Elke uitwisseling wordt één regel in het logboek, met de woorden van de vraag en het besluit. Deze melding heeft daar te veel personen, gegevens of omstandigheden voor. Er is niets verzonden.',
      en: 'Each exchange becomes one record in the log, with the words of the question and of the decision. This report has too many persons, fields or circumstances for that. Nothing was sent.',
    },
    example: {
      nl: '{"dataSubjects": [ twaalf personen met elk dertig gegevens ]}',
      en: '{"dataSubjects": [ twelve persons, each with thirty fields ]}',
    },
    action: {
      nl: 'Maak er twee of meer meldingen van, elk met een deel van de personen en met een eigen `Idempotency-Key`. Drie personen met elk gegeven van de regel passen altijd.',
      en: 'Make two or more reports of it, each with some of the persons and an `Idempotency-Key` of its own. Three persons with every field of the rule always fit.',
    },
  },
  'json-invalid-utf8': {
    happened: {
      nl: 'Het bericht bevat bytes die geen UTF-8 zijn. Vaak is het opgeslagen als Windows-1252 of Latin-1, zodat een é of ë niet te lezen is.',
      en: 'The body contains bytes that are not UTF-8. Often it was saved as Windows-1252 or Latin-1, so that an é or ë cannot be read.',
    },
    example: {
      nl: '7B 22 6E 61 61 6D 22 3A 22 E9 22 7D    ← E9 alleen is Latin-1',
      en: '7B 22 6E 61 61 6D 22 3A 22 E9 22 7D    ← E9 alone is Latin-1',
    },
    action: {
      nl: 'Sla het bericht op als UTF-8, of zet de tekst om voordat u haar verstuurt.',
      en: 'Save the body as UTF-8, or convert the text before you send it.',
    },
  },
  'json-byte-order-mark': {
    happened: {
      nl: 'Vóór de JSON staan drie onzichtbare bytes (EF BB BF). Sommige tekstverwerkers zetten die aan het begin van een bestand.',
      en: 'Three invisible bytes (EF BB BF) come before the JSON. Some editors put them at the start of a file.',
    },
    example: {
      nl: 'EF BB BF 7B …    ← het bericht begint met 7B, {',
      en: 'EF BB BF 7B …    ← the body must start with 7B, {',
    },
    action: {
      nl: 'Kies bij opslaan ‘UTF-8 zonder BOM’, of haal de eerste drie bytes weg.',
      en: 'Choose “UTF-8 without BOM” when you save, or remove the first three bytes.',
    },
  },
  'json-syntax': {
    happened: {
      nl: 'Het bericht is geen geldige JSON. `errors` wijst aan waar in het bericht het lezen stopte.',
      en: 'The body is not valid JSON. `errors` points at the place in the body where reading stopped.',
    },
    example: {
      nl: '{"recipient": "comensha",}    ← een komma te veel',
      en: '{"recipient": "comensha",}    ← a comma too many',
    },
    action: {
      nl: 'Laat uw programma de JSON maken in plaats van haar met de hand samen te stellen, of zoek de fout op met een JSON-controle op uw eigen machine. Plak echte gegevens nooit in een website.',
      en: 'Let your program produce the JSON instead of assembling it by hand, or find the fault with a JSON checker on your own machine. Never paste real data into a website.',
    },
  },
  'json-duplicate-key': {
    happened: {
      nl: 'Een object noemt dezelfde sleutel twee keer. Programma’s kiezen dan de een de eerste en de ander de laatste waarde, en dat mag bij een besluit niet.',
      en: 'An object names the same key twice. Some programs then take the first value and others the last, which a decision cannot depend on.',
    },
    example: '{"role": "slachtoffer", "role": "verdachte"}',
    action: {
      nl: 'Laat één van de twee staan. `errors` wijst het object aan.',
      en: 'Keep one of the two. `errors` points at the object.',
    },
  },
  'json-forbidden-key': {
    happened: {
      nl: 'Een object heeft een sleutel met een naam die in programma’s een bijzondere betekenis heeft: `__proto__`, `constructor` of `prototype`.',
      en: 'An object has a key whose name has a special meaning in programs: `__proto__`, `constructor` or `prototype`.',
    },
    example: '{"data": {"__proto__": {}}}',
    action: {
      nl: 'Haal de sleutel weg. Geen enkel woord van de woordenlijst heet zo.',
      en: 'Remove the key. No word of the vocabulary has such a name.',
    },
  },
  'json-lone-surrogate': {
    happened: {
      nl: 'Een tekst bevat de helft van een teken. Dat ontstaat als een programma een tekst afkapt midden in een teken dat uit twee delen bestaat.',
      en: 'A text contains half of a character. That happens when a program cuts a text in the middle of a character that has two parts.',
    },
    example: '{"toelichting": "\\ud83d"}',
    action: {
      nl: 'Kap teksten af op hele tekens, of laat het kapotte teken weg.',
      en: 'Cut texts at whole characters, or leave the broken character out.',
    },
  },
  'json-control-character': {
    happened: {
      nl: 'Een tekst bevat een stuurteken, zoals een nul-byte of een bel. Zulke tekens zijn onzichtbaar en kunnen een scherm of bestand van de ontvanger in de war brengen.',
      en: 'A text contains a control character, such as a null byte or a bell. Such characters are invisible and can upset a screen or file of the recipient.',
    },
    example: '{"voornaam": "Ada\\u0000eze"}',
    action: {
      nl: 'Haal stuurtekens uit de tekst. Een tab en een nieuwe regel mogen, geschreven als `\\t`, `\\n` of `\\r`.',
      en: 'Remove control characters from the text. A tab and a line end are allowed, written as `\\t`, `\\n` or `\\r`.',
    },
  },
  'json-too-deep': {
    happened: {
      nl: 'Het bericht bestaat uit meer dan 32 niveaus van objecten en lijsten in elkaar. Geen bericht van Sluis heeft er meer dan zes nodig.',
      en: 'The body has more than 32 levels of objects and arrays within one another. No body of Sluis needs more than six.',
    },
    example: '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ … ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]',
    action: {
      nl: 'Kijk of uw programma een bericht per ongeluk in zichzelf verpakt, en vergelijk het met het voorbeeld bij het adres op de API-pagina.',
      en: 'See whether your program wraps a body in itself by accident, and compare it with the example of the address on the API page.',
    },
  },
  'member-missing': {
    happened: {
      nl: 'Er ontbreekt een onderdeel dat altijd nodig is. `errors` noemt elk ontbrekend onderdeel met zijn plaats.',
      en: 'A member that is always needed is absent. `errors` lists each absent member with its place.',
    },
    example: {
      nl: '{"recipient": "comensha", "dataSubjects": [ … ]}\n\n/purpose: `purpose` ontbreekt; voeg het toe',
      en: '{"recipient": "comensha", "dataSubjects": [ … ]}\n\n/purpose: `purpose` is missing; add it',
    },
    action: {
      nl: 'Voeg toe wat ontbreekt. Bij een woord noemt de fout de keuzes, of het adres waar de lijst staat.',
      en: 'Add what is absent. For a word the error names the choices, or the address of their list.',
    },
  },
  'member-unknown': {
    happened: {
      nl: 'Het bericht heeft een onderdeel dat Sluis niet kent. Het wordt niet stilletjes overgeslagen, want u zou denken dat het was gedeeld. De naam ervan staat niet in het antwoord, omdat die van een persoon kan zijn.',
      en: 'The body has a member that Sluis does not know. It is not skipped silently, because you would believe that it was shared. The answer does not repeat its name, which could be that of a person.',
    },
    example: {
      nl: '{"role": "slachtoffer", "data": {"voornam": "Adaeze"}}\n\n/dataSubjects/0/data: onderdeel 1 van dit object is niet bekend; bedoelde u `voornaam`?',
      en: '{"role": "slachtoffer", "data": {"voornam": "Adaeze"}}\n\n/dataSubjects/0/data: member 1 of this object is not known; did you mean `voornaam`?',
    },
    action: {
      nl: 'Verbeter de naam of haal het onderdeel weg. De fout telt de onderdelen van het object vanaf 1.',
      en: 'Correct the name or remove the member. The error counts the members of the object from 1.',
    },
  },
  'word-unknown': {
    happened: {
      nl: 'Op een plaats waar een woord uit een vaste lijst hoort, staat een ander woord: een doel, rol, ontvanger, grondslag, gegeven of beoordeling.',
      en: 'Another word stands where a word of a fixed list belongs: a purpose, role, recipient, legal basis, field or assessment.',
    },
    example: {
      nl: '{"purpose": "registratie"}\n\n/purpose: dit woord is niet bekend; `GET /v1/vocabulary` noemt de keuzes onder `purposes`',
      en: '{"purpose": "registratie"}\n\n/purpose: this word is not known; `GET /v1/vocabulary` lists the choices under `purposes`',
    },
    action: {
      nl: 'Kies een woord uit de lijst die de fout noemt. Ontbreekt het woord dat u zoekt, vraag dan een privacyfunctionaris om het in de woordenlijst te zetten.',
      en: 'Choose a word of the list that the error names. If the word that you need is not in it, ask a privacy officer to add it to the vocabulary.',
    },
  },
  'value-invalid': {
    happened: {
      nl: 'Een waarde heeft niet de vorm of grootte die daar hoort. `errors` zegt op welke plaats en welke vorm wel goed is; de waarde zelf staat nooit in het antwoord.',
      en: 'A value does not have the form or size that belongs there. `errors` states the place and the form that is right; the value itself is never in the answer.',
    },
    example: {
      nl: '{"geboortedatum": "1 december 1985"}\n\nongeldige waarde; geef een bestaande datum als JJJJ-MM-DD, met 00 voor een onbekende dag of maand',
      en: '{"geboortedatum": "1 december 1985"}\n\ninvalid value; give an existing date as YYYY-MM-DD, with 00 for an unknown day or month',
    },
    action: {
      nl: 'Schrijf de waarde in de vorm die de fout noemt. Is zij onbekend, laat het gegeven dan weg.',
      en: 'Write the value in the form that the error names. When it is unknown, leave the field out.',
    },
  },
  'report-contradictory': {
    happened: {
      nl: 'Twee dingen in het bericht kunnen niet samen waar zijn: twee omstandigheden, een omstandigheid en een gegeven, een omstandigheid en een beoordeling, of twee datums. `errors` noemt beide plaatsen. Er is niets besloten en niets verzonden, want Sluis weet niet welke van de twee klopt.',
      en: 'Two things in the body cannot both be so: two circumstances, a circumstance and a field, a circumstance and an assessment, or two dates. `errors` names both places. Nothing was decided and nothing was sent, because Sluis does not know which of the two is right.',
    },
    example: {
      nl: '{"circumstances": {"jonger-dan-12": true, "jonger-dan-16": false}}\n\n/dataSubjects/0/circumstances/jonger-dan-12: dit kan niet samengaan met `/dataSubjects/0/circumstances/jonger-dan-16`',
      en: '{"circumstances": {"jonger-dan-12": true, "jonger-dan-16": false}}\n\n/dataSubjects/0/circumstances/jonger-dan-12: this cannot be so together with `/dataSubjects/0/circumstances/jonger-dan-16`',
    },
    action: {
      nl: 'Verbeter een van beide. Weet u niet welke klopt, laat dan weg wat u niet zeker weet: onbekend is geen fout.',
      en: 'Correct one of the two. If you do not know which is right, leave out what you are not certain of: unknown is not an error.',
    },
  },
  'identifier-invalid': {
    happened: {
      nl: 'Een kenmerk dat de regels willen gebruiken, doorstaat zijn controle niet: een BSN faalt op de elfproef, of een documentnummer heeft te weinig tekens. Er is niets verzonden, want met een verkeerd nummer wordt iemand voor een ander aangezien.',
      en: 'An identifier that the rules would use fails its check: a BSN fails the eleven test, or a document number is too short. Nothing was sent, because a wrong number makes one person pass for another.',
    },
    example: '{"dataSubjects": [{"data": {"bsn": "999990018"}}]}',
    action: {
      nl: 'Kijk het kenmerk na bij de bron. Kunt u dat niet, laat het dan weg: zonder kenmerk is een melding ook goed.',
      en: 'Compare the identifier with its source. If you cannot, leave it out: a report without it is also good.',
    },
  },
} as const satisfies Partial<Record<ErrorCode, ProblemText>>
