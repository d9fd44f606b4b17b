import { type Spelled, spellings } from './spelled.ts'

/** Dutch towns and the first two digits of their postal codes, most common first. */
export const TOWNS: readonly { readonly name: Spelled; readonly postalArea: number }[] = spellings(`
  Amsterdam|A'dam=10 Rotterdam|R'dam=30 's-Gravenhage|Den_Haag|The_Hague=25 Utrecht=35 Eindhoven=56 Groningen=97 Tilburg=50 Almere=13 Breda=48
  Nijmegen|Nymegen=65 Enschede=75 Haarlem=20 Arnhem=68 Zaandam=15 Amersfoort=38 's-Hertogenbosch|Den_Bosch=52 Zwolle=80 Leiden|Leyden=23
  Maastricht=62 Dordrecht=33 Ede=67 Leeuwarden=89 Alkmaar=18 Emmen=78 Westland|Naaldwijk=26 Delft=26 Venlo=59 Deventer=74 Helmond=57
  Hilversum=12 Heerlen=64 Oss=53 Roosendaal=47 Schiedam=31 Spijkenisse=32 Vlaardingen=31 Almelo=76 Gouda=28 Hoorn=16 Ter_Apel=95 Budel=60`).map(
  ({ latin }) => {
    const usual = latin.at(-1)!.split('=')
    const names = [...latin.slice(0, -1), usual[0]!] as unknown as Spelled['latin']
    return { name: { latin: names, native: [] }, postalArea: Number(usual[1]) }
  },
)

export const STREETS: readonly Spelled[] = spellings(`
  Kerkstraat|Kerkstr. Schoolstraat|Schoolstr. Dorpsstraat|Dorpstraat|Dorpsstr. Molenweg|Meulenweg Hoofdstraat|Hoofdstr. Julianastraat|Julianastr.
  Wilhelminastraat|Wilhelminastr. Molenstraat|Molenstr. Stationsweg|Stationswg Nieuwstraat|Nieuwstr. Beatrixstraat|Beatrixstr. Parkstraat|Parkstr.
  Prins_Hendrikstraat|Pr._Hendrikstraat Burgemeester_Smitlaan|Burg._Smitlaan Eikenlaan|Eikelaan Beukenlaan|Beukelaan Lindenlaan|Lindelaan
  Vondelstraat|Vondelstr. Rembrandtstraat|Rembrandtstr. Vermeerstraat|Vermeerstr. Merelstraat|Merelstr. Zwaluwstraat|Zwaluwstr. Havenstraat|Havenstr.
  Industrieweg|Industriewg Oranjestraat|Oranjestr. Marktstraat|Marktstr. Tulpstraat|Tulpenstraat Rozenstraat|Rozenstr. Margrietstraat|Margrietstr.
  Kastanjelaan|Kastanjeln Populierenlaan|Populierlaan Fazantstraat|Fazantenstraat Meerweg|Meerwg Singel|De_Singel Waterstraat|Waterstr.
  Zuiderweg|Zuiderwg Noorderweg|Noorderwg Van_Goghlaan|v._Goghlaan Mozartlaan|Mozartln Beethovenlaan|Beethovenln Plein_1944|Plein_'44`)
