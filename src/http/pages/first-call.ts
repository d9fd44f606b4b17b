/**
 * The first call of somebody who has a key pair and nothing of this project: fetch a token (RFC 7523, RFC 9449) and check whether
 * something may be shared. Each takes the address of the gateway, the party and the private file of `sluis party keys`, and prints
 * the answer. `test/http/pages/first-call.test.ts` runs them.
 */
export interface FirstCall {
  readonly language: 'TypeScript' | 'Python' | 'curl'
  /** Name of the file, as in `run`. */
  readonly file: string
  readonly run: string
  readonly code: string
}

const ARGUMENTS = 'https://sluis.example fier fier.jwks.json'

const TYPESCRIPT = `import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'

const [gateway, party, file] = process.argv.slice(2) as [string, string, string]
const key = JSON.parse(readFileSync(file, 'utf8')).keys.find((key: { use: string }) => key.use === 'sig')
const own = createPrivateKey({ key, format: 'jwk' })
const proof = generateKeyPairSync('ed25519')
let nonce: string | null = null

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

function jwt(key: KeyObject, header: object, claims: object): string {
  const text = encode(header) + '.' + encode({ ...claims, iat: Math.floor(Date.now() / 1000), jti: randomUUID() })
  const hash = key.asymmetricKeyType === 'ed25519' ? null : 'sha256'
  return text + '.' + sign(hash, Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
}

async function post(path: string, formBody: () => string, type: string, token?: string): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    const header = { typ: 'dpop+jwt', alg: 'EdDSA', jwk: proof.publicKey.export({ format: 'jwk' }) }
    const ath = token && createHash('sha256').update(token).digest('base64url')
    const dpop = jwt(proof.privateKey, header, { htm: 'POST', htu: gateway + path, ath, nonce: nonce ?? undefined })
    const headers: Record<string, string> = { 'content-type': type, dpop }
    if (token) headers.authorization = 'DPoP ' + token
    const response = await fetch(gateway + path, { method: 'POST', headers, body: formBody(), redirect: 'error' })
    nonce = response.headers.get('dpop-nonce') ?? nonce
    if (response.ok) return response.json()
    if (attempt === 2) throw new Error(response.status + ' ' + (await response.text()))
  }
}

const { access_token } = (await post(
  '/oauth/token',
  () => {
    const claims = { iss: party, sub: party, aud: gateway, exp: Math.floor(Date.now() / 1000) + 60 }
    return new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: party,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: jwt(own, { typ: 'JWT', alg: key.alg, kid: key.kid }, claims),
    }).toString()
  },
  'application/x-www-form-urlencoded',
)) as { access_token: string }

const question = {
  recipient: 'comensha',
  purpose: 'registratie-mensenhandel',
  dataSubjects: [{ role: 'slachtoffer', fields: ['nationaliteit', 'geboortedatum'] }],
}
const check = () => JSON.stringify(question)
console.log(JSON.stringify(await post('/v1/exchanges/_check', check, 'application/json', access_token), null, 2))
`

const PYTHON = `import base64, hashlib, json, sys, time, urllib.error, urllib.parse, urllib.request, uuid
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

gateway, party, file = sys.argv[1:]
key = next(key for key in json.load(open(file))["keys"] if key["use"] == "sig")
proof = ed25519.Ed25519PrivateKey.generate()
nonce = None


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


if key["alg"] == "ES256":
    own = ec.derive_private_key(int.from_bytes(decode(key["d"]), "big"), ec.SECP256R1())
else:
    own = ed25519.Ed25519PrivateKey.from_private_bytes(decode(key["d"]))


def jwt(signer, header, claims):
    claims = {**claims, "iat": int(time.time()), "jti": str(uuid.uuid4())}
    text = ".".join(encode(json.dumps(part).encode()) for part in (header, claims)).encode()
    if isinstance(signer, ed25519.Ed25519PrivateKey):
        signature = signer.sign(text)
    else:
        r, s = utils.decode_dss_signature(signer.sign(text, ec.ECDSA(SHA256())))
        signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    return text.decode() + "." + encode(signature)


def post(path, form_body, kind, token=None):
    global nonce
    for attempt in (1, 2):
        x = encode(proof.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
        claims = {"htm": "POST", "htu": gateway + path}
        headers = {"Content-Type": kind}
        if nonce:
            claims["nonce"] = nonce
        if token:
            claims["ath"] = encode(hashlib.sha256(token.encode()).digest())
            headers["Authorization"] = "DPoP " + token
        jwk = {"kty": "OKP", "crv": "Ed25519", "x": x}
        headers["DPoP"] = jwt(proof, {"typ": "dpop+jwt", "alg": "EdDSA", "jwk": jwk}, claims)
        request = urllib.request.Request(gateway + path, form_body().encode(), headers)
        try:
            with urllib.request.urlopen(request) as response:
                nonce = response.headers.get("DPoP-Nonce", nonce)
                return json.load(response)
        except urllib.error.HTTPError as error:
            nonce = error.headers.get("DPoP-Nonce", nonce)
            if attempt == 2:
                sys.exit(f"{error.code} {error.read().decode()}")


def form_token_request():
    claims = {"iss": party, "sub": party, "aud": gateway, "exp": int(time.time()) + 60}
    return urllib.parse.urlencode({
        "grant_type": "client_credentials",
        "client_id": party,
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": jwt(own, {"typ": "JWT", "alg": key["alg"], "kid": key["kid"]}, claims),
    })


question = {
    "recipient": "comensha",
    "purpose": "registratie-mensenhandel",
    "dataSubjects": [{"role": "slachtoffer", "fields": ["nationaliteit", "geboortedatum"]}],
}
token = post("/oauth/token", form_token_request, "application/x-www-form-urlencoded")["access_token"]
print(json.dumps(post("/v1/exchanges/_check", lambda: json.dumps(question), "application/json", token), indent=2))
`

const CURL = String.raw`#!/bin/sh
set -eu
gateway=$1 party=$2 file=$3
work=$(mktemp -d) && trap 'rm -r "$work"' EXIT
encode() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
key=$(tr -d ' \n' < "$file" | grep -o '{[^{}]*"use":"sig"[^{}]*}' | head -n 1)
member() { printf %s "$key" | sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }
[ "$(member alg)" = EdDSA ] || { echo "this script takes an EdDSA key" >&2; exit 1; }
{ printf '\060\056\002\001\000\060\005\006\003\053\145\160\004\042\004\040'
  printf '%s=' "$(member d)" | tr -- '-_' '+/' | openssl base64 -d -A; } |
  openssl pkey -inform DER -out "$work/own.pem"
openssl genpkey -algorithm ed25519 -out "$work/proof.pem"
x=$(openssl pkey -in "$work/proof.pem" -pubout -outform DER | tail -c 32 | encode)

jwt() {
  jti=$(openssl rand -hex 16) iat=$(date +%s)
  text=$(printf %s "$2" | encode).$(printf '{%s,"iat":%s,"jti":"%s"}' "$3" "$iat" "$jti" | encode)
  printf %s "$text" > "$work/text"
  printf '%s.%s' "$text" "$(openssl pkeyutl -sign -rawin -inkey "$work/$1.pem" -in "$work/text" | encode)"
}

nonce=
post() {
  url=$gateway$1 token=$2 && shift 2
  [ -z "$token" ] || set -- -H "Authorization: DPoP $token" "$@"
  for attempt in 1 2; do
    claims="\"htm\":\"POST\",\"htu\":\"$url\""
    [ -z "$nonce" ] || claims="$claims,\"nonce\":\"$nonce\""
    [ -z "$token" ] || claims="$claims,\"ath\":\"$(printf %s "$token" | openssl dgst -sha256 -binary | encode)\""
    header='{"typ":"dpop+jwt","alg":"EdDSA","jwk":{"kty":"OKP","crv":"Ed25519","x":"'$x'"}}'
    status=$(curl -sS -o "$work/answer" -D "$work/headers" -w '%{http_code}' -X POST "$url" \
      -H "DPoP: $(jwt proof "$header" "$claims")" "$@")
    offered=$(tr -d '\r' < "$work/headers" | sed -n 's/^[Dd][Pp]o[Pp]-[Nn]once: *//p')
    [ -z "$offered" ] || nonce=$offered
    case $status in 2*) return ;; esac
  done
  echo "$status $(cat "$work/answer")" >&2
  exit 1
}

claims="\"iss\":\"$party\",\"sub\":\"$party\",\"aud\":\"$gateway\",\"exp\":$(($(date +%s) + 60))"
form() {
  printf 'grant_type=client_credentials&client_id=%s&client_assertion_type=%s&client_assertion=%s' "$party" \
    urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer \
    "$(jwt own '{"typ":"JWT","alg":"EdDSA","kid":"'"$(member kid)"'"}' "$claims")"
}
post /oauth/token "" -d "$(form)"
token=$(sed -n 's/.*"access_token": *"\([^"]*\)".*/\1/p' "$work/answer")
post /v1/exchanges/_check "$token" -H 'Content-Type: application/json' -d '{
  "recipient": "comensha", "purpose": "registratie-mensenhandel",
  "dataSubjects": [{"role": "slachtoffer", "fields": ["nationaliteit", "geboortedatum"]}]
}'
cat "$work/answer"
`

export const FIRST_CALLS: readonly FirstCall[] = [
  { language: 'TypeScript', file: 'first-call.ts', run: `node first-call.ts ${ARGUMENTS}`, code: TYPESCRIPT },
  { language: 'Python', file: 'first-call.py', run: `python3 first-call.py ${ARGUMENTS}`, code: PYTHON },
  { language: 'curl', file: 'first-call.sh', run: `sh first-call.sh ${ARGUMENTS}`, code: CURL },
]
