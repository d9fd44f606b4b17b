/** Dutch texts of the routes for everybody else: rights, rules, log and service, by their English text. */
export const DUTCH_OTHER_ROUTES: Readonly<Record<string, string>> = {
  'Find, or erase, what you shared about a person': 'Vinden of wissen wat u over een persoon deelde',
  'Searches your own exchanges, in every pseudonym domain, by the identifiers of the person (AVG art. 15 and 17, Wpg art. 25 and 28). What you reported finds your report, however little it is; where that is too little to be sure of, the exchange is `possible`. The identifiers are used for the search and stored nowhere. The request is recorded before you are answered, and the number of requests is limited. Erasure destroys the sealed content, salts, match tokens and own codes of exchanges that are `certain`, or of the `exchanges` you name; the log stays valid. Exchanges whose retention period is over are no longer found; your own file shows that they were shared. A recipient must erase its own copy of what it opened: inform it (AVG art. 19).':
    'Zoekt uw eigen uitwisselingen, in elk domein van pseudoniemen, met de kenmerken van de persoon (AVG art. 15 en 17, Wpg art. 25 en 28). Met wat u meldde vindt u uw melding, hoe weinig het ook is; is het te weinig om zeker te zijn, dan is de uitwisseling `possible`. De kenmerken worden voor het zoeken gebruikt en nergens bewaard. Het verzoek wordt vastgelegd voordat u antwoord krijgt, en het aantal verzoeken is begrensd. Wissen vernietigt de verzegelde inhoud, salts, zoektokens en eigen codes van uitwisselingen die `certain` zijn, of van de `exchanges` die u noemt; het logboek blijft geldig. Uitwisselingen waarvan de bewaartermijn om is, worden niet meer gevonden; uw eigen dossier laat zien dat zij zijn gedeeld. Een ontvanger moet zijn eigen kopie wissen van wat hij opende: zeg het hem (AVG art. 19).',
  'What was found, or what was erased': 'Wat is gevonden, of wat is gewist',
  'May this field be shared? (AuthZEN access evaluation)': 'Mag dit gegeven gedeeld worden? (AuthZEN, één vraag)',
  'Decides one field of one data subject. `true` means that the value may be shared unchanged. With obligations it is `false`, unless `context.understands` names all of them. A prohibition on another field can still refuse a whole report: check a report as a whole.':
    'Beslist over één gegeven van één betrokkene. `true` betekent dat de waarde onveranderd gedeeld mag worden. Met verplichtingen is het `false`, tenzij `context.understands` ze alle noemt. Een verbod op een ander gegeven kan nog een hele melding weigeren: vraag een melding in haar geheel na.',
  'Yes or no, and why': 'Ja of nee, en waarom',
  'May these fields be shared? (AuthZEN access evaluations)':
    'Mogen deze gegevens gedeeld worden? (AuthZEN, meer vragen)',
  'One answer for each evaluation, in order; fewer when the semantic stops earlier':
    'Eén antwoord per vraag, op volgorde; minder als de gekozen werkwijze eerder stopt',
  'Every word you may use, with labels in Dutch and English':
    'Elk woord dat u mag gebruiken, met benamingen in het Nederlands en Engels',
  'The closed vocabulary': 'De gesloten woordenlijst',
  'The rule files in force': 'De regelbestanden die gelden',
  'Legal bases and prohibitions with their sources': 'Grondslagen en verboden met hun bronnen',
  'One rule file, with its text': 'Eén regelbestand, met zijn tekst',
  'The rule file': 'Het regelbestand',
  'Id of the rule file': 'Id van het regelbestand',
  'Propose a rule set': 'Een regelset voorstellen',
  'Takes all files of the set. A proposal is refused when a file has a fault, a case fails, or fewer than two officers would be left. Nothing changes until another officer approves.':
    'Neemt alle bestanden van de set. Een voorstel wordt geweigerd als een bestand een fout heeft, een geval niet uitkomt, of er minder dan twee functionarissen over zouden blijven. Er verandert niets tot een andere functionaris het goedkeurt.',
  'Proposed and recorded': 'Voorgesteld en vastgelegd',
  'Proposed rule sets, newest first': 'Voorgestelde regelsets, de nieuwste eerst',
  'At most 100 proposals': 'Ten hoogste 100 voorstellen',
  'One proposal with all its files, to read before you approve':
    'Eén voorstel met al zijn bestanden, om te lezen voor u het goedkeurt',
  'The proposal': 'Het voorstel',
  '`sourceHash` of the proposal: the hash of its exact texts, access rights included':
    '`sourceHash` van het voorstel: de hash van de precieze teksten, met de toegangsrechten',
  'What a proposal would change, and its findings': 'Wat een voorstel zou veranderen, en wat eraan opviel',
  'Every decision that changes compared with the set in force, in words; what no case covers; findings of the analysis without an explanation; questions that a lawyer must still answer. Takes seconds the first time.':
    'Elk besluit dat anders wordt dan onder de set die geldt, in woorden; wat geen geval dekt; bevindingen van de analyse zonder uitleg; vragen die een jurist nog moet beantwoorden. Kost de eerste keer enkele seconden.',
  'The review': 'De beoordeling',
  'Approve the proposal of another officer': 'Het voorstel van een andere functionaris goedkeuren',
  'The set is in force from `activeFrom`, or at once. Exchanges in progress keep the rules they started with.':
    'De set geldt vanaf `activeFrom`, of meteen. Uitwisselingen die al bezig zijn houden de regels waarmee zij begonnen.',
  'Withdraw a proposal that is not in force yet': 'Een voorstel intrekken dat nog niet geldt',
  'Withdrawn and recorded': 'Ingetrokken en vastgelegd',
  'Gap report: reports that stayed refused and that no rule could have let through':
    'Hiatenoverzicht: meldingen die geweigerd bleven en die geen regel had kunnen doorlaten',
  'Counted by group of the sender, recipient, purpose, role, fields and month, from the records of the log, under the rules of each moment. Refusals that another statement, legal basis or purpose could have prevented, tries, checks and what passed within an hour are counted apart. Words and counts only.':
    'Geteld naar groep van de afzender, ontvanger, doel, rol, gegevens en maand, uit het logboek, naar de regels van elk moment. Weigeringen die een andere uitspraak, grondslag of een ander doel had kunnen voorkomen, pogingen, vragen vooraf en wat binnen een uur wel doorging staan apart. Alleen woorden en aantallen.',
  'The gaps that reports met': 'De hiaten die meldingen tegenkwamen',
  'The verifier key of the log, in one line (C2SP signed-note)':
    'De controlesleutel van het logboek, op één regel (C2SP signed-note)',
  'Fetch it once, compare it with the key that the operator publishes elsewhere, and keep it. A key that always comes from the same server as the log proves nothing.':
    'Haal hem één keer op, vergelijk hem met de sleutel die de beheerder elders bekendmaakt, en bewaar hem. Een sleutel die altijd van dezelfde server komt als het logboek, bewijst niets.',
  'Verifier key': 'Controlesleutel',
  'The newest signed checkpoint (C2SP tlog-checkpoint)': 'Het nieuwste ondertekende checkpoint (C2SP tlog-checkpoint)',
  'Signed note': 'Ondertekende notitie',
  '`ETag` of the checkpoint that you have; a longer list than the schema allows is ignored':
    '`ETag` van het checkpoint dat u heeft; een langere lijst dan het schema toelaat wordt overgeslagen',
  'Records, each preceded by its length (C2SP tlog-tiles)':
    'Regels van het logboek, elk met haar lengte ervoor (C2SP tlog-tiles)',
  'The reading is recorded in the log before you are answered.':
    'Het lezen wordt vastgelegd voordat u antwoord krijgt.',
  'Entry bundle': 'Bundel van regels',
  'Tile number in groups of three digits (`x001/x234/067`), followed by `.p/` and the width for a partial tile':
    'Nummer van de tegel in groepen van drie cijfers (`x001/x234/067`), gevolgd door `.p/` en de breedte bij een gedeeltelijke tegel',
  'Hashes of the tree (C2SP tlog-tiles)': 'Hashes van de boom (C2SP tlog-tiles)',
  '1 to 256 hashes of 32 bytes': '1 tot 256 hashes van 32 bytes',
  'Tile level, 0 to 63': 'Niveau van de tegel, 0 tot 63',
  'Search the records of the log': 'De regels van het logboek doorzoeken',
  'By party, sender, recipient, purpose, legal basis, field, class of fields, rule file, rule, outcome, duty, period and type. A page reads a bounded number of records: continue with its cursor while `hasMore`. This use is recorded in the log before you are answered.':
    'Naar partij, afzender, ontvanger, doel, grondslag, gegeven, soort gegevens, regelbestand, regel, uitkomst, plicht, periode en soort. Een bladzijde leest een begrensd aantal regels: ga door met haar cursor zolang `hasMore` waar is. Dit gebruik wordt vastgelegd voordat u antwoord krijgt.',
  'A page of records': 'Een bladzijde met regels',
  'Export records of the log as a stream': 'Regels van het logboek exporteren als stroom',
  'As NDJSON with everything needed to verify them (`ndjson`), as a table (`csv`, `text/csv`), or as lines of the Logboek Dataverwerkingen 1.0 (`logboek`, NDJSON). An NDJSON export without a count at its end was cut off. This use is recorded in the log before you are answered.':
    'Als NDJSON met alles wat nodig is om ze te controleren (`ndjson`), als tabel (`csv`, `text/csv`), of als regels van het Logboek Dataverwerkingen 1.0 (`logboek`, NDJSON). Een NDJSON-export zonder aantal aan het eind is afgebroken. Dit gebruik wordt vastgelegd voordat u antwoord krijgt.',
  'The export': 'De export',
  'One record, with its proof and its meaning in sentences': 'Eén regel, met haar bewijs en haar betekenis in zinnen',
  'This use is recorded in the log before you are answered.': 'Dit gebruik wordt vastgelegd voordat u antwoord krijgt.',
  'The record': 'De regel',
  'Index of the record, from 0': 'Plaats van de regel, vanaf 0',
  'Every record of one exchange, in order and in sentences':
    'Elke regel van één uitwisseling, op volgorde en in zinnen',
  'The records, each with its proof': 'De regels, elk met haar bewijs',
  'The texts of a rule set that was ever in force': 'De teksten van een regelset die ooit gold',
  'For re-deriving the decisions that were made with it. This use is recorded in the log before you are answered.':
    'Om de besluiten die ermee zijn genomen opnieuw af te leiden. Dit gebruik wordt vastgelegd voordat u antwoord krijgt.',
  'The rule set': 'De regelset',
  '`policyHash` of a record': '`policyHash` van een regel',
  'Re-derive recorded decisions under the rules of their moment':
    'Vastgelegde besluiten opnieuw afleiden onder de regels van hun moment',
  'From the start of the log, a bounded number of records per call: continue with its cursor while `hasMore`. To check without trusting this gateway, run `sluis audit rederive` on an export. This use is recorded in the log before you are answered.':
    'Vanaf het begin van het logboek, een begrensd aantal regels per keer: ga door met haar cursor zolang `hasMore` waar is. Wilt u deze gateway niet vertrouwen, doe het dan met `sluis audit rederive` op een export. Dit gebruik wordt vastgelegd voordat u antwoord krijgt.',
  'How many decisions agree, and those that do not': 'Hoeveel besluiten overeenkomen, en welke niet',
  'Monthly report: what happened in a month, in counts and words':
    'Maandverslag: wat er in een maand gebeurde, in aantallen en woorden',
  'Volumes, refusals, overdue items, access outside office hours, searches for persons, keys, rules, parties, missing heartbeats and decisions that do not follow from their rules. It contains no personal data. With a filter only the exchanges and checks that match, as in a search of the log, and what happened to those exchanges; what is not about an exchange is left out. This use is recorded in the log before you are answered.':
    'Aantallen, weigeringen, wat te lang ligt, gebruik buiten kantooruren, zoekvragen naar personen, sleutels, regels, partijen, ontbrekende levenstekens en besluiten die niet uit hun regels volgen. Er staan geen persoonsgegevens in. Met een filter alleen de uitwisselingen en vragen vooraf die passen, zoals bij zoeken in het logboek, en wat er met die uitwisselingen gebeurde; wat niet over een uitwisseling gaat, blijft weg. Dit gebruik wordt vastgelegd voordat u antwoord krijgt.',
  'The report': 'Het verslag',
  'Calendar month in Europe/Amsterdam; the previous month when absent':
    'Kalendermaand in Europe/Amsterdam; zonder dit de vorige maand',
  'Only what this party sent or asked': 'Alleen wat deze partij verzond of vroeg',
  'Only what was meant for this party': 'Alleen wat voor deze partij bedoeld was',
  'Only decisions about this field': 'Alleen besluiten over dit gegeven',
  'Only decisions about a field of this class, as the rules of their moment classed it':
    'Alleen besluiten over een gegeven van deze klasse, naar de regels van hun moment',
  'Only where a field, or `field`, or a field of `fieldClass`, was treated so':
    'Alleen waar een gegeven, of `field`, of een gegeven van `fieldClass`, zo is behandeld',
  'Only decisions in which a rule of this file determined something':
    'Alleen besluiten waarin een regel van dit bestand iets bepaalde',
  'Only trials, refusals that stayed, or reports that passed within an hour after a refusal':
    'Alleen vragen vooraf, weigeringen die bleven, of meldingen die binnen een uur na een weigering doorgingen',
  'Size of the log and its newest heartbeat': 'Grootte van het logboek en het nieuwste levensteken',
  'Open, so that anybody can raise the alarm: a heartbeat is due within `heartbeatMinutes` of the one before. These numbers are not signed; the proof of size is the checkpoint.':
    'Open, zodat iedereen alarm kan slaan: binnen `heartbeatMinutes` na het vorige levensteken hoort het volgende te komen. Deze getallen zijn niet ondertekend; het bewijs van de grootte is het checkpoint.',
  'Numbers and moments, no personal data': 'Getallen en tijdstippen, geen persoonsgegevens',
  'Form of the records of the log (JSON Schema 2020-12)': 'Vorm van de regels van het logboek (JSON Schema 2020-12)',
  'Version 1. A change of meaning would be a new version beside this one, because old records stay as they are.':
    'Versie 1. Een andere betekenis zou een nieuwe versie hiernaast zijn, want oude regels blijven zoals zij zijn.',
  'The schema': 'Het schema',
  'Is the process alive?': 'Leeft het proces?',
  Alive: 'Het leeft',
  'Can the gateway take a report now?': 'Kan de gateway nu een melding aannemen?',
  'Checks that the log can be written, the rule set in force and the heartbeat. After a commit that failed it answers 503 until the log can be written again; otherwise it tries that with a small write, at most every ten seconds.':
    'Kijkt of het logboek geschreven kan worden, naar de regelset die geldt en naar het levensteken. Na een schrijffout antwoordt zij 503 tot het logboek weer geschreven kan worden; anders probeert zij dat met een kleine regel, ten hoogste elke tien seconden.',
  Ready: 'Gereed',
}
