import type { ErrorCode } from '../../errors.ts'
import type { ProblemText } from './problem-text.ts'

/** Problems of an exchange, of what came after it, and of the rules that decide it. */
export const EXCHANGE_TEXTS = {
  'recipient-without-key': {
    happened: {
      nl: 'De regels staan de uitwisseling toe, maar de ontvanger heeft geen openbare sleutel om de inhoud voor te verzegelen: er is er nog geen, of de laatste dag van de sleutel is voorbij. Onverzegeld gaat er niets weg. Er is niets verzonden of opgeslagen.',
      en: 'The rules allow the exchange, but the recipient has no public key to seal the content to: there is none yet, or its last day has passed. Nothing leaves unsealed. Nothing was sent or stored.',
    },
    example: {
      nl: 'FairWork heeft nog geen sleutel om voor te verzegelen; er is niets verzonden; vraag de beheerder van deze gateway om een sleutel',
      en: 'FairWork has no key to seal to yet; nothing was sent; ask the operator of this gateway for a key',
    },
    action: {
      nl: 'Vraag het aan wie `detail` noemt: het contact van de ontvanger of de beheerder. De ontvanger maakt een sleutel met `sluis party keys`. Stuur het bericht daarna opnieuw.',
      en: 'Ask whom `detail` names: the contact of the recipient, or the operator. The recipient makes a key with `sluis party keys`. Then send the body again.',
    },
  },
  'refused-prohibition': {
    happened: {
      nl: 'Een wet verbiedt deze uitwisseling, bijvoorbeeld het beroepsgeheim. De melding is geweigerd en de weigering staat in het logboek. Er is niets verzonden.',
      en: 'A law forbids this exchange, for example professional secrecy. The report was refused, and the refusal is in the log. Nothing was sent.',
    },
    example:
      '{"outcome": "geweigerd", "decision": {"reason": "verbod", "dataSubjects": [{"prohibitions": [{"file": "verbod-beroepsgeheim", …}]}]}}',
    action: {
      nl: 'Lees in `decision` welk verbod het is. `openQuestions` vraagt wat er nog toe doet, met bij ja en nee wat er dan gebeurt. Zoek dat uit en stuur met wat waar is een nieuwe melding, deel minder, of vraag uw privacyfunctionaris.',
      en: 'Read in `decision` which prohibition it is. `openQuestions` asks what still matters, and says for yes and no what would happen. Find that out and send a new report with what is true, share less, or ask your privacy officer.',
    },
  },
  'refused-assessment-missing': {
    happened: {
      nl: 'De regel past, maar alleen als een mens eerst iets heeft afgewogen, bijvoorbeeld of het noodzakelijk is. Dat oordeel is niet opgegeven, en een computer geeft het niet. Er is niets verzonden.',
      en: 'The rule fits, but only after a person has weighed something, such as whether it is necessary. That assessment was not declared, and a computer does not make it. Nothing was sent.',
    },
    example: {
      nl: '{"assessments": []}    ← de regel vraagt noodzaak',
      en: '{"assessments": []}    ← the rule asks for noodzaak',
    },
    action: {
      nl: 'Laat de bevoegde persoon de afweging maken en zet haar in `assessments` met wie en wanneer. Vul haar nooit in om erdoor te komen.',
      en: 'Let the competent person make the assessment, and put it into `assessments` with who and when. Never fill it in just to get through.',
    },
  },
  'refused-no-legal-basis': {
    happened: {
      nl: 'Geen regel van de opgegeven grondslag dekt deze uitwisseling. Dat is iets anders dan een verbod: de wet zegt er niets over. Er is niets verzonden, en de weigering telt mee in het overzicht van hiaten voor de wetgever.',
      en: 'No rule of the declared legal basis covers this exchange. That differs from a prohibition: the law does not provide for it. Nothing was sent, and the refusal counts in the report of gaps for the legislator.',
    },
    example: '{"decision": {"reason": "geen-grondslag"}, "openQuestions": [ … ], "plans": [ … ], "unreachable": [ … ]}',
    action: {
      nl: '`openQuestions` vraagt wat u nog kunt nagaan, `plans` noemt onder welke voorwaarden er meer kan, ook op een andere grondslag, en `unreachable` wat de wet niet regelt. Geef alleen op wat waar is.',
      en: '`openQuestions` asks what you can still find out, `plans` lists under which conditions more can pass, also on another legal basis, and `unreachable` what the law does not provide for. State only what is true.',
    },
  },
  'approval-not-waiting': {
    happened: {
      nl: 'De uitwisseling wacht niet meer: zij is al goedgekeurd, geweigerd, ingetrokken of te lang blijven liggen. Uw stap is niet gezet.',
      en: 'The exchange is no longer waiting: it was approved, refused or recalled already, or it waited too long. Your step was not taken.',
    },
    example: {
      nl: 'POST /v1/exchanges/7f6c8f8e-…/_approve, een uur nadat zij verliep',
      en: 'POST /v1/exchanges/7f6c8f8e-…/_approve, an hour after it expired',
    },
    action: {
      nl: 'Vraag de uitwisseling op met `GET /v1/exchanges/{id}`; `approval.status` zegt hoe zij afliep. Is zij verlopen, dien de melding dan opnieuw in.',
      en: 'Fetch the exchange with `GET /v1/exchanges/{id}`; `approval.status` says how it ended. If it expired, submit the report again.',
    },
  },
  'approval-same-person': {
    happened: {
      nl: 'Deze stap vraagt een tweede paar ogen. U heeft hetzelfde zelf ingediend, voorgesteld of al goedgekeurd, dus u telt niet mee als tweede.',
      en: 'This step asks for a second pair of eyes. You submitted, proposed or approved the same thing yourself, so you do not count as the second.',
    },
    example: {
      nl: 'politie.teamleider-1 dient in, en politie.teamleider-1 keurt goed',
      en: 'politie.teamleider-1 submits, and politie.teamleider-1 approves',
    },
    action: {
      nl: 'Vraag een collega met het recht om goed te keuren. Wie dat zijn, staat onder `medewerkers` in `partijen.yaml`.',
      en: 'Ask a colleague who may approve. Who they are is under `medewerkers` in `partijen.yaml`.',
    },
  },
  'match-changed': {
    happened: {
      nl: 'U zei met `seen` welke status u zag, en het paar heeft nu een andere: iemand anders beantwoordde het. Uw antwoord is niet vastgelegd.',
      en: 'With `seen` you named the status that you saw, and the match has another one now: somebody else answered it. Your answer was not recorded.',
    },
    example: {
      nl: 'POST /v1/matches/7f6c8f8e-…/_reject?seen=possible, nadat een collega het paar bevestigde',
      en: 'POST /v1/matches/7f6c8f8e-…/_reject?seen=possible, after a colleague confirmed the match',
    },
    action: {
      nl: 'Vraag het paar op met `GET /v1/matches/{id}`; `answeredBy` zegt wie antwoordde. Overleg, en antwoord opnieuw met de status die u nu ziet.',
      en: 'Fetch the match with `GET /v1/matches/{id}`; `answeredBy` says who answered. Confer, and answer again with the status that you see now.',
    },
  },
  'content-erased': {
    happened: {
      nl: 'De bewaartermijn van deze levering is om, of de persoon heeft om wissing gevraagd. De inhoud is vernietigd; alleen het bewijs dat zij bestond is er nog.',
      en: 'The retention period of this delivery is over, or the person asked for erasure. The content was destroyed; only the proof that it existed remains.',
    },
    example: 'GET /v1/deliveries/7f6c8f8e-…\n\nHTTP/1.1 410',
    action: {
      nl: 'Heeft u de inhoud nog nodig en mag dat, vraag de afzender dan om een nieuwe melding. Haal uw postbus voortaan eerder op.',
      en: 'If you still need the content and may have it, ask the sender for a new report. Fetch your inbox sooner from now on.',
    },
  },
  'content-recalled': {
    happened: {
      nl: 'De afzender heeft de uitwisseling ingetrokken, omdat zij onjuist of ten onrechte verstrekt was of omdat de toestemming verviel. De inhoud is vernietigd.',
      en: 'The sender recalled the exchange, because it was incorrect or wrongly released or because consent was withdrawn. The content was destroyed.',
    },
    example: {
      nl: '{"type": "recalled", "exchangeId": "7f6c8f8e-…", "ground": "onjuist"}    ← de kennisgeving in uw postbus',
      en: '{"type": "recalled", "exchangeId": "7f6c8f8e-…", "ground": "onjuist"}    ← the notice in your inbox',
    },
    action: {
      nl: 'Lees de kennisgeving in uw postbus. Verbeter of vernietig wat u al overnam, en zeg het tegen degenen aan wie u het doorgaf (AVG art. 19).',
      en: 'Read the notice in your inbox. Correct or destroy what you copied already, and inform those to whom you passed it on (GDPR art. 19).',
    },
  },
  'recall-not-possible': {
    happened: {
      nl: 'Deze uitwisseling heeft de ontvanger nooit bereikt: zij is geweigerd, wacht nog, of is niet op tijd goedgekeurd. Er valt niets in te trekken.',
      en: 'This exchange never reached its recipient: it was refused, still waits, or was not approved in time. There is nothing to recall.',
    },
    example: {
      nl: 'POST /v1/exchanges/7f6c8f8e-…/_recall terwijl approval.status waiting is',
      en: 'POST /v1/exchanges/7f6c8f8e-…/_recall while approval.status is waiting',
    },
    action: {
      nl: 'Wacht zij nog, laat een collega haar dan tegenhouden met `_refuse`. In de andere gevallen hoeft u niets te doen.',
      en: 'If it still waits, let a colleague stop it with `_refuse`. In the other cases there is nothing to do.',
    },
  },
  'already-recalled': {
    happened: {
      nl: 'U heeft deze uitwisseling al eerder ingetrokken. De inhoud was al vernietigd en de ontvanger had al bericht.',
      en: 'You recalled this exchange before. The content had been destroyed already, and the recipient had been informed.',
    },
    example: {
      nl: 'POST /v1/exchanges/7f6c8f8e-…/_recall, voor de tweede keer',
      en: 'POST /v1/exchanges/7f6c8f8e-…/_recall, for the second time',
    },
    action: {
      nl: 'U hoeft niets te doen. `recalledAt` in `GET /v1/exchanges/{id}` zegt sinds wanneer.',
      en: 'There is nothing to do. `recalledAt` in `GET /v1/exchanges/{id}` states since when.',
    },
  },
  'policy-invalid': {
    happened: {
      nl: 'In de voorgestelde regelbestanden staan fouten. De hele set is geweigerd en de vorige blijft gelden, want een halve set regels is gevaarlijker dan een oude.',
      en: 'The proposed rule files contain faults. The whole set was refused and the previous one stays in force, because half a set of rules is more dangerous than an old one.',
    },
    example: {
      nl: 'policies/wpg/wpg-19-hulp.yaml:14:12: rol `dader` bestaat niet; kies uit …',
      en: 'policies/wpg/wpg-19-hulp.yaml:14:12: role `dader` does not exist; choose from …',
    },
    action: {
      nl: 'Herstel elke fout in `faults`; zij hebben bestand, regel en kolom. `sluis policy check` vindt ze op uw eigen machine.',
      en: 'Fix each fault in `faults`; they have file, line and column. `sluis policy check` finds them on your own machine.',
    },
  },
  'policy-too-complex': {
    happened: {
      nl: 'Het nakijken van deze regelset kostte meer tijd of geheugen dan de gateway eraan geeft. Zij is daarmee gestopt, zodat meldingen door konden gaan. De vorige set blijft gelden.',
      en: 'Checking this rule set took more time or memory than the gateway gives to it. It stopped, so that reports could continue. The previous set stays in force.',
    },
    example: {
      nl: 'een regelbestand met twintigduizend regels die elkaar overlappen',
      en: 'one rule file with twenty thousand rules that overlap one another',
    },
    action: {
      nl: 'Splits grote bestanden, en laat regels elkaar minder overlappen. `sluis policy analyse` noemt regels die niets toevoegen.',
      en: 'Split large files, and let rules overlap less. `sluis policy analyse` lists rules that add nothing.',
    },
  },
  'policy-proposal-open': {
    happened: {
      nl: 'Precies deze regelbestanden liggen al ter goedkeuring. Een tweede voorstel met dezelfde tekst zou alleen verwarring geven.',
      en: 'Exactly these rule files already wait for approval. A second proposal with the same text would only confuse.',
    },
    example: {
      nl: 'twee keer sluis policy propose, zonder een wijziging ertussen',
      en: 'sluis policy propose twice, without a change in between',
    },
    action: {
      nl: 'Laat een andere functionaris het bestaande voorstel goedkeuren, of trek het in met `sluis policy withdraw`.',
      en: 'Let another officer approve the existing proposal, or withdraw it with `sluis policy withdraw`.',
    },
  },
  'policy-proposal-closed': {
    happened: {
      nl: 'Over dit voorstel is al beslist: het is goedgekeurd, ingetrokken of in werking. Uw stap is niet gezet.',
      en: 'This proposal was decided already: it was approved, withdrawn or put into force. Your step was not taken.',
    },
    example: {
      nl: 'sluis policy approve voor een voorstel dat een collega vanmorgen introk',
      en: 'sluis policy approve for a proposal that a colleague withdrew this morning',
    },
    action: {
      nl: 'Bekijk de voorstellen met `GET /v1/policy-proposals`. Wilt u deze regels alsnog, stel de bestanden dan opnieuw voor.',
      en: 'Look at the proposals with `GET /v1/policy-proposals`. If you still want these rules, propose the files again.',
    },
  },
} as const satisfies Partial<Record<ErrorCode, ProblemText>>
