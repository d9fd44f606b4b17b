import type { ErrorCode } from '../../errors.ts'
import type { ProblemText } from './problem-text.ts'

/** Problems of a request itself (address, headers, token), and of the gateway that answers it. */
export const REQUEST_TEXTS = {
  'header-repeated': {
    happened: {
      nl: 'Een header die er één keer hoort te zijn, staat er vaker. Dan is niet te zien voor welk adres het verzoek bedoeld was.',
      en: 'A header that belongs there once occurs more often. It is then unclear which address the request was meant for.',
    },
    example: 'GET /v1/policies HTTP/1.1\nHost: sluis.example\nHost: elders.example',
    action: {
      nl: 'Stuur de header `Host` één keer. Meestal voegt een proxy de tweede toe.',
      en: 'Send the header `Host` once. Usually a proxy adds the second.',
    },
  },
  'cross-site-form': {
    happened: {
      nl: 'Sluis kreeg een formulier dat niet van een eigen pagina kwam, of waarvan de browser niet zei waar het vandaan kwam. Er is niets gedaan.',
      en: 'Sluis received a form that did not come from one of its own pages, or a browser did not say where it came from. Nothing was done.',
    },
    example: {
      nl: 'Een link of knop op een andere website die in uw naam een formulier naar Sluis stuurt.',
      en: 'A link or button on another website that sends a form to Sluis in your name.',
    },
    action: {
      nl: 'Open Sluis zelf en vul het formulier daar in. Gebeurt het op een pagina van Sluis, dan haalt een programma of proxy de header Origin weg: vraag het uw beheerder.',
      en: 'Open Sluis itself and fill in the form there. If it happens on a page of Sluis, a program or proxy removes the Origin header: ask your administrator.',
    },
  },
  'query-invalid': {
    happened: {
      nl: 'Achter het vraagteken in het adres staat een sleutel of waarde die dit adres niet kent. Ook een sleutel die er twee keer staat, wordt geweigerd.',
      en: 'After the question mark of the address is a key or value that this address does not know. A key that occurs twice is refused as well.',
    },
    example: {
      nl: 'GET /v1/matches?state=possible    ← de sleutel is status',
      en: 'GET /v1/matches?state=possible    ← the key is status',
    },
    action: {
      nl: 'Neem de sleutels over van de API-pagina. Gegevens over personen horen nooit in een adres.',
      en: 'Copy the keys from the API page. Data about persons never belong in an address.',
    },
  },
  'cursor-unknown': {
    happened: {
      nl: 'De cursor hoort bij een ander logboek, of bij een tijd van vóór het terugzetten van een reservekopie. Verder lezen vanaf daar zou leveringen overslaan.',
      en: 'The cursor belongs to another log, or to the time before a backup was restored. Reading on from there would skip deliveries.',
    },
    example: 'GET /v1/deliveries?cursor=42.0f3a…',
    action: {
      nl: 'Laat `cursor` weg en begin bij het begin. Wat u al heeft, herkent u aan zijn `id`.',
      en: 'Leave `cursor` out and start at the beginning. You recognise what you already have by its `id`.',
    },
  },
  'idempotency-key-missing': {
    happened: {
      nl: 'Een melding zonder `Idempotency-Key` zou twee keer aankomen als u haar na een storing opnieuw stuurt. Daarom is de header verplicht. Er is niets opgeslagen.',
      en: 'A report without `Idempotency-Key` would arrive twice when you send it again after a failure. That is why the header is required. Nothing was stored.',
    },
    example: 'POST /v1/exchanges\nIdempotency-Key: 7f6c8f8e-4a53-4d1e-9f54-6f0a4f1f9c11',
    action: {
      nl: 'Maak voor elke nieuwe melding een willekeurige UUID, bewaar die bij de melding en stuur bij een nieuwe poging dezelfde.',
      en: 'Make a random UUID for every new report, keep it with the report, and send the same one when you try again.',
    },
  },
  'idempotency-key-in-use': {
    happened: {
      nl: 'Hetzelfde bericht is al onderweg: een eerder verzoek met deze sleutel heeft nog geen antwoord.',
      en: 'The same body is already on its way: an earlier request with this key has no answer yet.',
    },
    example: {
      nl: 'twee keer POST /v1/exchanges op hetzelfde moment, beide met Idempotency-Key: 7f6c8f8e-…',
      en: 'two POST /v1/exchanges at the same moment, both with Idempotency-Key: 7f6c8f8e-…',
    },
    action: {
      nl: 'Wacht een paar seconden en stuur het verzoek ongewijzigd opnieuw. U krijgt dan het antwoord op het eerste.',
      en: 'Wait a few seconds and send the request again unchanged. You then get the answer to the first.',
    },
  },
  'idempotency-key-reused': {
    happened: {
      nl: 'Onder deze sleutel is eerder een ander bericht verstuurd. Om geen van beide te verliezen weigert Sluis het tweede; het eerste blijft staan.',
      en: 'Another body was sent under this key before. To lose neither, Sluis refuses the second; the first remains.',
    },
    example: {
      nl: 'Idempotency-Key: melding-1    ← gebruikt voor de melding van gisteren',
      en: 'Idempotency-Key: melding-1    ← used for yesterday’s report',
    },
    action: {
      nl: 'Geef een nieuwe melding een nieuwe sleutel. Is het toch dezelfde melding, stuur dan exact het bericht van de eerste keer.',
      en: 'Give a new report a new key. If it is the same report after all, send exactly the body of the first time.',
    },
  },
  'token-missing': {
    happened: {
      nl: 'Dit adres vraagt wie u bent, en het verzoek heeft geen toegangstoken.',
      en: 'This address asks who you are, and the request has no access token.',
    },
    example: {
      nl: 'GET /v1/deliveries\n(geen Authorization)',
      en: 'GET /v1/deliveries\n(no Authorization)',
    },
    action: {
      nl: 'Haal een token op bij `POST /oauth/token` en stuur het als `Authorization: DPoP …` met een bewijs in `DPoP`. De eerste aanroep op de API-pagina doet het voor.',
      en: 'Fetch a token at `POST /oauth/token` and send it as `Authorization: DPoP …` with a proof in `DPoP`. The first call on the API page shows how.',
    },
  },
  'token-invalid': {
    happened: {
      nl: 'Het toegangstoken is verlopen, van een andere gateway, veranderd, of gebonden aan een andere sleutel dan die van het bewijs. Een token leeft enkele minuten.',
      en: 'The access token has expired, is of another gateway, was changed, or is bound to another key than that of the proof. A token lives for minutes.',
    },
    example: {
      nl: 'Authorization: Bearer eyJ…    ← het schema is DPoP',
      en: 'Authorization: Bearer eyJ…    ← the scheme must be DPoP',
    },
    action: {
      nl: 'Haal een nieuw token op met dezelfde sleutel als waarmee u het bewijs ondertekent. `WWW-Authenticate` zegt wat er aan het token mankeert.',
      en: 'Fetch a new token with the same key that signs the proof. `WWW-Authenticate` states what is wrong with the token.',
    },
  },
  'dpop-invalid': {
    happened: {
      nl: 'Het DPoP-bewijs past niet bij dit verzoek. Elk verzoek heeft een eigen bewijs, met zijn methode (`htm`), zijn adres (`htu`), de tijd (`iat`) en de hash van het token (`ath`).',
      en: 'The DPoP proof does not fit this request. Each request has a proof of its own, with its method (`htm`), its address (`htu`), the time (`iat`) and the hash of the token (`ath`).',
    },
    example: {
      nl: '{"htm": "GET", "htu": "https://sluis.example/v1/policies?x=1"}    ← htu heeft geen zoekdeel',
      en: '{"htm": "GET", "htu": "https://sluis.example/v1/policies?x=1"}    ← htu has no query',
    },
    action: {
      nl: 'Lees in `detail` welk onderdeel niet past, maak een nieuw bewijs en zet de klok van uw machine gelijk.',
      en: 'Read in `detail` which member does not fit, make a new proof, and set the clock of your machine.',
    },
  },
  'dpop-nonce-required': {
    happened: {
      nl: 'Sluis wil in het bewijs een getal zien dat het zojuist zelf uitgaf. Zo kan niemand bewijzen van tevoren maken. Dit gebeurt in de eerste minuten nadat de gateway is gestart, omdat zij dan niet meer weet welke bewijzen al zijn gebruikt.',
      en: 'Sluis wants the proof to contain a number that it has just issued. Nobody can then make proofs in advance. This happens in the first minutes after the gateway has started, because it then no longer knows which proofs were used.',
    },
    example: 'HTTP/1.1 401\nDPoP-Nonce: mT3…',
    action: {
      nl: 'Zet de waarde van de header `DPoP-Nonce` als `nonce` in het bewijs en stuur het verzoek opnieuw. OAuth-bibliotheken doen dat vanzelf.',
      en: 'Put the value of the header `DPoP-Nonce` as `nonce` into the proof, and send the request again. OAuth libraries do so by themselves.',
    },
  },
  'scope-insufficient': {
    happened: {
      nl: 'Uw token is goed, maar geeft geen recht op dit adres. Welke rechten uw organisatie heeft, staat onder `toegang` in `partijen.yaml`.',
      en: 'Your token is good, but it gives no right to this address. The rights of your organisation are under `toegang` in `partijen.yaml`.',
    },
    example: {
      nl: 'GET /v1/matches met een token voor exchange:submit    ← nodig is match:review',
      en: 'GET /v1/matches with a token for exchange:submit    ← needs match:review',
    },
    action: {
      nl: 'Vraag een token met het recht dat `detail` noemt. Heeft uw organisatie dat recht niet, vraag het dan aan de beheerder; een privacyfunctionaris keurt het goed.',
      en: 'Ask for a token with the scope that `detail` names. If your organisation does not have it, ask the operator; a privacy officer approves it.',
    },
  },
  'not-found': {
    happened: {
      nl: 'Op dit adres is niets, of het is van een andere partij. Die twee antwoorden zijn met opzet gelijk, zodat niemand kan uitproberen wat er bestaat.',
      en: 'There is nothing at this address, or it belongs to another party. The two answers are the same on purpose, so that nobody can try out what exists.',
    },
    example: {
      nl: 'GET /v1/exchanges/7f6c8f8e-4a53-4d1e-9f54-6f0a4f1f9c11    ← van een ander',
      en: 'GET /v1/exchanges/7f6c8f8e-4a53-4d1e-9f54-6f0a4f1f9c11    ← of somebody else',
    },
    action: {
      nl: 'Neem het id over uit een antwoord dat u zelf kreeg, en kijk met welke partij u bent aangemeld.',
      en: 'Copy the id from an answer that you got yourself, and see as which party you are signed in.',
    },
  },
  'method-not-allowed': {
    happened: {
      nl: 'Het adres bestaat, maar niet met deze methode. De header `Allow` noemt welke wel.',
      en: 'The address exists, but not with this method. The header `Allow` lists those that it has.',
    },
    example: 'DELETE /v1/exchanges/7f6c8f8e-…\n\nHTTP/1.1 405\nAllow: GET',
    action: {
      nl: 'Gebruik een methode uit `Allow`. Een uitwisseling terugnemen gaat met `POST …/_recall`.',
      en: 'Use a method from `Allow`. To take an exchange back, use `POST …/_recall`.',
    },
  },
  'too-many-requests': {
    happened: {
      nl: 'Uw organisatie deed dit uur meer van deze verzoeken dan is afgesproken. De grens bestaat omdat wie eindeloos mag vragen, kan uitvinden wie bekend is. De eerste overschrijding staat in het logboek.',
      en: 'Your organisation made more of these requests in this hour than was agreed. The limit exists because anybody who may ask without end can find out who is known. The first excess is recorded in the log.',
    },
    example: 'HTTP/1.1 429\nRetry-After: 1260',
    action: {
      nl: 'Wacht zoveel seconden als `Retry-After` noemt en stuur het bericht dan opnieuw, met dezelfde `Idempotency-Key`. Heeft u dit vaker nodig, overleg dan met de beheerder.',
      en: 'Wait the seconds that `Retry-After` names, and then send the body again with the same `Idempotency-Key`. If you need more than this regularly, talk to the operator.',
    },
  },
  'log-unavailable': {
    happened: {
      nl: 'Sluis kan nu niets in het logboek schrijven, bijvoorbeeld omdat de schijf vol is. Zonder logboek gaat er niets weg: er is niets verzonden en niets opgeslagen.',
      en: 'Sluis cannot write to the log now, for example because the disk is full. Nothing leaves without the log: nothing was sent and nothing was stored.',
    },
    example: 'HTTP/1.1 503\nRetry-After: 5',
    action: {
      nl: 'Probeer het na `Retry-After` seconden opnieuw met dezelfde `Idempotency-Key`. Duurt het langer dan een kwartier, bel dan de beheerder; bij acuut gevaar wacht u daar niet op.',
      en: 'Try again after `Retry-After` seconds with the same `Idempotency-Key`. If it takes longer than a quarter of an hour, call the operator; in acute danger, do not wait for it.',
    },
  },
  'not-ready': {
    happened: {
      nl: 'De gateway is net gestart, of heeft iets gevonden waardoor zij het logboek niet mag voortzetten. Zij neemt zolang geen meldingen aan.',
      en: 'The gateway has just started, or found something that forbids it to continue the log. Until that is solved it takes no reports.',
    },
    example: 'GET /readyz\n\nHTTP/1.1 503',
    action: {
      nl: 'Wacht een minuut. Blijft het zo, dan moet de beheerder kijken: op de machine staat in de uitvoer van `sluis serve` wat er is.',
      en: 'Wait a minute. If it stays like this, the operator must look: on the machine the output of `sluis serve` says what it is.',
    },
  },
  internal: {
    happened: {
      nl: 'Er zit een fout in Sluis zelf. Aan uw bericht ligt het niet, en er is niets verzonden. De fout is aan de beheerder gemeld, zonder iets uit uw bericht.',
      en: 'There is a fault in Sluis itself. Your body is not the cause, and nothing was sent. The fault was reported to the operator, without anything of your body.',
    },
    example: 'HTTP/1.1 500',
    action: {
      nl: 'Stuur hetzelfde bericht één keer opnieuw, met dezelfde `Idempotency-Key`. Gaat het weer mis, geef de beheerder dan het tijdstip en het adres, en nooit de inhoud.',
      en: 'Send the same body again once, with the same `Idempotency-Key`. If it fails again, give the operator the time and the address, and never the content.',
    },
  },
} as const satisfies Partial<Record<ErrorCode, ProblemText>>
