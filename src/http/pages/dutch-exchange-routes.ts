/** Dutch texts of the routes for senders and recipients, by their English text. */
export const DUTCH_EXCHANGE_ROUTES: Readonly<Record<string, string>> = {
  'Submit a report': 'Een melding versturen',
  'Decides field by field, withholds what no rule covers, replaces each person by a pseudonym of the recipient, seals the rest and records it. The same Idempotency-Key with the same body returns the first answer again. With `inReplyTo` it answers an exchange that the recipient sent you, such as an identity question.':
    'Beslist per gegeven, houdt achter wat geen regel dekt, vervangt elke persoon door een pseudoniem van de ontvanger, verzegelt de rest en legt het vast. Dezelfde Idempotency-Key met hetzelfde bericht geeft het eerste antwoord nog eens. Met `inReplyTo` is het een antwoord op een uitwisseling die de ontvanger u stuurde, zoals een identiteitsvraag.',
  'Released, in whole or in part, and recorded': 'Geheel of gedeeltelijk verstrekt, en vastgelegd',
  'Recorded and sealed, and waits until enough people of your party approve it; `approval` has how many and until when':
    'Vastgelegd en verzegeld, en wacht tot genoeg mensen van uw partij het goedkeuren; `approval` zegt hoeveel en tot wanneer',
  'Chosen by you, a new one for every report: 1 to 128 printable ASCII characters, for example a UUID':
    'Door u gekozen, een nieuwe voor elke melding: 1 tot 128 afdrukbare ASCII-tekens, bijvoorbeeld een UUID',
  'W3C Trace Context: trace and parent id are recorded, so that your own log of processing can be joined with this one. Never put a value of a person in it. An invalid header is ignored.':
    'W3C Trace Context: trace-id en parent-id worden vastgelegd, zodat u uw eigen logboek van verwerkingen met dit kunt verbinden. Zet er nooit iets van een persoon in. Een ongeldige header wordt overgeslagen.',
  'Check what would happen': 'Vooraf vragen wat er zou gebeuren',
  'Decides without sending anything. Takes names of fields only, no values. Without `legalBasis` it lists every basis that would release something. `openQuestions` lists what is worth finding out, with what a yes and a no would do, and `plans` the smallest sets of statements under which the most passes. `summary` explains the decision in sentences, in the language of Accept-Language. The record of a check has the words of the question and the decision, and no personal data.':
    'Beslist zonder iets te versturen. Neemt alleen namen van gegevens, geen waarden. Zonder `legalBasis` noemt het elke grondslag waarop iets verstrekt zou worden. `openQuestions` noemt wat het uitzoeken waard is, met wat een ja en een nee zouden doen, en `plans` de kleinste groepen uitspraken waaronder het meeste meegaat. `summary` legt het besluit uit in zinnen, in de taal van Accept-Language. Wat wordt vastgelegd zijn de woorden van de vraag en het besluit, en geen persoonsgegevens.',
  'What would happen, and why': 'Wat er zou gebeuren, en waarom',
  'One of your exchanges, whether released or refused': 'Een van uw uitwisselingen, verstrekt of geweigerd',
  'The answer as it was given, and in `delivery` what the recipient did with it since: fetched, acknowledged, answered, each with its moment. It says nothing about whether a person was known.':
    'Het antwoord zoals het was, en in `delivery` wat de ontvanger er sindsdien mee deed: opgehaald, bevestigd, beantwoord, elk met het tijdstip. Of een persoon bekend was, staat er niet in.',
  'The answer as it was given, and what happened to the delivery since':
    'Het antwoord zoals het was, en wat er sindsdien met de levering gebeurde',
  'Id of the exchange': 'Id van de uitwisseling',
  'Your exchanges with receipts': 'Uw uitwisselingen met ontvangstbewijs',
  'Includes refused exchanges. Each has its receipt, which is all you need to keep a record of your own, and in `delivery` what the recipient did with it, as when you fetch one. A page reads a bounded number of exchanges, so with a filter it can have few or none: continue with its cursor while `hasMore`.':
    'Ook de geweigerde. Elke heeft haar ontvangstbewijs; meer heeft u niet nodig voor een eigen administratie. In `delivery` staat wat de ontvanger ermee deed, zoals wanneer u er één ophaalt. Een bladzijde leest een begrensd aantal uitwisselingen, dus met een filter kunnen er weinig of geen op staan: ga verder met de cursor zolang `hasMore` waar is.',
  '`oldest-first` when absent; a cursor continues in the order of its page':
    '`oldest-first` als dit ontbreekt; een cursor gaat verder in de volgorde van zijn bladzijde',
  'Only exchanges to this party': 'Alleen uitwisselingen met deze partij als ontvanger',
  'Only exchanges in this state': 'Alleen uitwisselingen met deze stand',
  'First day, in the Netherlands': 'Eerste dag, in Nederland',
  'Last day, in the Netherlands': 'Laatste dag, in Nederland',
  'At most 100 exchanges': 'Ten hoogste 100 uitwisselingen',
  '`cursor` of the previous page; leave it out to start at the oldest. One of another log, or of before a restore, is refused: start at the oldest again, and skip by `id` what you have':
    '`cursor` van de vorige bladzijde; laat haar weg om bij de oudste te beginnen. Een van een ander logboek, of van vóór het terugzetten van een reservekopie, wordt geweigerd: begin dan opnieuw bij de oudste, en sla aan het `id` over wat u al heeft',
  'Proof of one of your exchanges, and the statement for people':
    'Bewijs van een van uw uitwisselingen, en de verklaring voor mensen',
  'As JSON a receipt file: everything that an outsider needs beside the public key of the log, proven in the newest checkpoint that a witness cosigned, if there is one. As HTML a page to read, print and keep: what was released and withheld and why, in the words of the rule set of that moment, without any value of the report. `Accept` selects the form, `Accept-Language` the language.':
    'Als JSON een bewijsbestand: alles wat een buitenstaander nodig heeft naast de openbare sleutel van het logboek, bewezen in het nieuwste checkpoint dat een getuige meetekende, als dat er is. Als HTML een bladzijde om te lezen, af te drukken en te bewaren: wat is verstrekt en achtergehouden en waarom, in de woorden van de regels van dat moment, zonder iets van wat in de melding stond. `Accept` kiest de vorm, `Accept-Language` de taal.',
  'Receipt file, or statement': 'Bewijsbestand of verklaring',
  'Receipts of everything in your inbox, oldest first': 'Ontvangstbewijzen van alles in uw postbus, de oudste eerst',
  'Includes erased deliveries and notices. Nothing is handed over, so nothing is recorded.':
    'Ook van vernietigde leveringen en van kennisgevingen. Er wordt niets overhandigd, dus er wordt niets vastgelegd.',
  'At most 100 receipts': 'Ten hoogste 100 ontvangstbewijzen',
  'Ask the sender for the identity of a person': 'De afzender vragen wie een persoon is',
  'The gateway cannot turn a pseudonym into a person. Your question is an exchange of its own to the sender: decided by rules, sealed, recorded and delivered. It contains the number of the data subject and the names of the fields you need, and no data about anybody. The sender answers with an exchange that has the id of this one in `inReplyTo`, after two different people of the sender have acted on it. Also served as `_ask-identity`.':
    'De gateway kan van een pseudoniem geen persoon maken. Uw vraag is een eigen uitwisseling met de afzender: door regels beslist, verzegeld, vastgelegd en bezorgd. Er staat het nummer van de betrokkene in en de namen van de gegevens die u nodig heeft, en niets over iemand. De afzender antwoordt met een uitwisseling die het id van deze in `inReplyTo` heeft, nadat twee verschillende mensen van de afzender eraan te pas kwamen. Ook op `_ask-identity`.',
  'Asked and recorded': 'Gevraagd en vastgelegd',
  'Recorded and sealed, and waits until enough people of your party approve it':
    'Vastgelegd en verzegeld, en wacht tot genoeg mensen van uw partij het goedkeuren',
  'Id of the exchange that you received': 'Id van de uitwisseling die u ontving',
  'Chosen by you, a new one for every question: 1 to 128 printable ASCII characters, for example a UUID':
    'Door u gekozen, een nieuwe voor elke vraag: 1 tot 128 afdrukbare ASCII-tekens, bijvoorbeeld een UUID',
  'Exchanges of your party that wait for approval, oldest first':
    'Uitwisselingen van uw partij die op goedkeuring wachten, de oudste eerst',
  'Decisions only: the sealed content can be read by its recipient and by nobody else, not even the gateway.':
    'Alleen besluiten: de verzegelde inhoud kan de ontvanger lezen en niemand anders, ook de gateway niet.',
  'Approve an exchange that waits': 'Een wachtende uitwisseling goedkeuren',
  'The person who submitted it cannot approve it, and nobody can approve it twice. What your system submitted needs one approval more, because a system is nobody. The last approval delivers it.':
    'Wie haar indiende kan haar niet goedkeuren, en niemand kan dat twee keer. Wat uw systeem indiende heeft één goedkeuring meer nodig, want een systeem is niemand. De laatste goedkeuring bezorgt haar.',
  'Approved and recorded': 'Goedgekeurd en vastgelegd',
  'Refuse an exchange that waits': 'Een wachtende uitwisseling tegenhouden',
  'Nothing is delivered; the sealed content is destroyed.':
    'Er wordt niets bezorgd; de verzegelde inhoud wordt vernietigd.',
  'Refused and recorded': 'Tegengehouden en vastgelegd',
  'Recall one of your exchanges': 'Een van uw uitwisselingen intrekken',
  'The gateway destroys the content and its data about the persons in it, and puts a notice in the inbox of the recipient. A recipient that already fetched the content must then correct or destroy its copy (AVG art. 19, Wpg art. 4 lid 4). The record of the exchange stays.':
    'De gateway vernietigt de inhoud en wat zij van de personen erin bewaarde, en legt een kennisgeving in de postbus van de ontvanger. Een ontvanger die de inhoud al ophaalde, moet zijn kopie verbeteren of vernietigen (AVG art. 19, Wpg art. 4 lid 4). De regel van de uitwisseling blijft.',
  'Recalled and recorded': 'Ingetrokken en vastgelegd',
  'Your inbox, oldest first': 'Uw postbus, de oudste eerst',
  'Exchanges from other parties, and notices of the gateway itself about your pseudonyms.':
    'Uitwisselingen van andere partijen, en kennisgevingen van de gateway zelf over uw pseudoniemen.',
  'At most 100 deliveries': 'Ten hoogste 100 leveringen',
  'Your inbox, newest first, with the state of each delivery':
    'Uw postbus, de nieuwste eerst, met de stand van elke levering',
  'For people who look. A system that must miss nothing follows `GET /v1/deliveries` with its cursor. Nothing is handed over, so nothing is recorded.':
    'Voor mensen die kijken. Een systeem dat niets mag missen, volgt `GET /v1/deliveries` met de cursor. Er wordt niets overhandigd, dus niets vastgelegd.',
  'Id of the last delivery of the previous page; leave it out to start at the newest. Before one that you do not have there is nothing':
    'Id van de laatste levering van de vorige bladzijde; laat het weg om bij de nieuwste te beginnen. Vóór een levering die u niet heeft, staat niets',
  'How many deliveries are new, unread or overdue': 'Hoeveel leveringen nieuw, ongelezen of te laat zijn',
  'Counts the newest 1000 deliveries; each counts once.': 'Telt de nieuwste 1000 leveringen; elke telt één keer.',
  'The counts': 'De aantallen',
  'One delivery: sealed content and receipt': 'Eén levering: verzegelde inhoud en ontvangstbewijs',
  'The hand-over is recorded before you are answered. Verify the receipt before you use the content.':
    'De overhandiging wordt vastgelegd voordat u antwoord krijgt. Controleer het ontvangstbewijs voordat u de inhoud gebruikt.',
  'The delivery': 'De levering',
  'Id of the delivery': 'Id van de levering',
  'Acknowledge that you have a delivery and verified it': 'Bevestigen dat u een levering heeft en haar controleerde',
  'Acknowledging it again changes nothing; the first moment is kept.':
    'Nog eens bevestigen verandert niets; het eerste tijdstip blijft staan.',
  'Acknowledged and recorded': 'Bevestigd en vastgelegd',
  'Pairs of your pseudonyms that may be one person, or were linked, oldest first':
    'Paren van uw pseudoniemen die één persoon kunnen zijn, of gekoppeld zijn, de oudste eerst',
  'Your own pseudonyms, where you received them, and the fields that both sides have. The evidence is not shown: it would reveal what others know about a person.':
    'Uw eigen pseudoniemen, waar u ze ontving, en de gegevens die beide kanten hebben. Waaruit het blijkt staat er niet bij: dat zou laten zien wat anderen van een persoon weten.',
  'At most 100 matches': 'Ten hoogste 100 paren',
  'Only matches with this status: `possible` waits for your answer, `automatic` was linked on strong evidence':
    'Alleen paren met deze status: `possible` wacht op uw antwoord, `automatic` is gekoppeld op sterke kenmerken',
  'How many matches wait for your answer': 'Hoeveel paren op uw antwoord wachten',
  'Counts the oldest 1000. No match is shown, so nothing is recorded.':
    'Telt de oudste 1000. Geen paar wordt getoond, dus er wordt niets vastgelegd.',
  'The count': 'Het aantal',
  'The status that you saw: when the match has another by now, your answer is refused (`match-changed`)':
    'De status die u zag: heeft het paar intussen een andere, dan wordt uw antwoord geweigerd (`match-changed`)',
  'One match, with its latest answer': 'Eén paar, met het laatste antwoord',
  'The match': 'Het paar',
  'Id of the match': 'Id van het paar',
  'Confirm that both are one person': 'Bevestigen dat beide één persoon zijn',
  'Both continue under the older pseudonym; a notice in your inbox states it. A later rejection undoes it.':
    'Beide gaan verder onder het oudste pseudoniem; een kennisgeving in uw postbus zegt dat. Een latere ontkenning maakt het ongedaan.',
  'Answered and recorded; repeating the same answer changes nothing':
    'Beantwoord en vastgelegd; hetzelfde antwoord nog eens verandert niets',
  'Reject the match: they are two persons': 'Ontkennen: het zijn twee personen',
  'If they had been joined, a notice in your inbox states which pseudonym is whose from now on. They are joined again only if you confirm it.':
    'Waren zij samengevoegd, dan zegt een kennisgeving in uw postbus welk pseudoniem voortaan van wie is. Alleen als u het bevestigt worden zij weer samengevoegd.',
}
