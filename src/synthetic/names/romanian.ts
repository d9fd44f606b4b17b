import { invariable, type Origin } from './origin.ts'
import { joinSpelled, spellings } from './spelled.ts'

const GIVEN = {
  vrouw: spellings(`
    Maria|Marija Elena|Helena Ioana|Joana|Ionna Andreea|Andrea Alexandra|Aleksandra Ana|Anna Mihaela|Michaela Cristina|Kristina
    Gabriela|Gabriella Daniela|Daniella Ștefania|Stefania Georgiana|Giorgiana Alina|Allina Nicoleta|Nicoletta Simona|Symona
    Adriana|Andriana Mădălina|Madalina Raluca|Raluka Roxana|Roksana Loredana|Larisa|Larissa Diana|Dyana Bianca|Bianka Denisa|Denissa
    Anca|Anka Florentina|Florantina Mirela|Mirella Monica|Monika Oana|Ohana Iuliana|Juliana|Yuliana Claudia|Klaudia Camelia|Kamelia
    Carmen|Karmen Corina|Korina Delia|Delya Ecaterina|Katerina Felicia|Felicija Iulia|Julia|Yulia Irina|Iryna Lavinia|Lavinija
    Liliana|Lilliana Luminița|Luminita Magdalena|Marinela|Marinella Narcisa|Narcissa Paula|Pavla Petronela|Petronella Ramona|Romona
    Rodica|Rodika Sabina|Sorina|Zorina Valentina|Viorica|Viorika Vasilica|Vasilika Zamfira|Zamfyra Esmeralda|Esmeralda Păuna|Pauna`),
  man: spellings(`
    Andrei|Andrej|Andrey Alexandru|Alexandro Ion|Jon Gheorghe|George|Georghe Mihai|Mihaj|Michai Ștefan|Stefan Constantin|Konstantin
    Vasile|Vasille Nicolae|Nikolae|Nicolai Florin|Floryn Cristian|Christian|Kristian Gabriel|Gavril Adrian|Adryan Daniel|Danyel
    Marian|Maryan Ionuț|Ionut|Jonut Bogdan|Bohdan Dumitru|Dimitru Marius|Maryus Cătălin|Catalin Radu|Raducu Vlad|Wlad Sorin|Zorin
    Costel|Kostel Claudiu|Klaudiu Ciprian|Cyprian Lucian|Lucyan Petru|Petre Ilie|Ilija Viorel|Vyorel Dan|Danut Cosmin|Kosmin
    Răzvan|Razvan Valentin|Walentin Robert|Rober Sebastian|Sebastijan Silviu|Sylviu Tudor|Tudorel Victor|Viktor Laurențiu|Laurentiu
    Liviu|Lyviu Mircea|Mirca Octavian|Oktavian Paul|Pavel Remus|Remuz Traian|Trajan Emil|Emyl Doru|Dorel Eugen|Ewgen Iulian|Julian
    Ovidiu|Ovidyu Aurel|Aurell Simion|Simon Toma|Thoma Zaharia|Zacharia Rareș|Rares Sandu|Sando Nelu|Nello Fănel|Fanel Gigi|Ghighi`),
}

const FAMILIES = spellings(`
  Popa|Poppa Popescu|Popesku Ionescu|Jonescu|Ionesku Radu|Raddu Stan|Sztan Dumitru|Dimitru Gheorghe|George Stoica|Stoika Rusu|Russu
  Munteanu|Muntean Matei|Matej Constantin|Konstantin Marin|Maryn Șerban|Serban Ciobanu|Cioban Moldovan|Moldoveanu Lazăr|Lazar
  Mihai|Mihaj Ilie|Ilije Tudor|Tudora Oprea|Opria Dobre|Dobra Barbu|Barbo Ene|Enne Lungu|Longu Cojocaru|Kojokaru Neagu|Niagu
  Nistor|Nister Toma|Thoma Voicu|Voiku Enache|Enake Suciu|Suchu Ardelean|Ardeleanu Crișan|Crisan Bălan|Balan Rotaru|Rotar Croitoru
  Olteanu|Olten Pop|Popp Văduva|Vaduva Zamfir|Zanfir Cazacu|Kazaku Preda|Predda Bucur|Bukur Turcu|Turku Ursu|Urs Țiganu|Tiganu
  Căldăraru|Caldararu Lăcătuș|Lacatus Boldor|Boldur Rostaș|Rostas Covaci|Kovacs|Kovaci Szabó|Sabo Nagy|Nadj Kiss|Kis`)
const ROOTS = spellings(`
  Vasil|Wasil Georg|Gheorgh Petr|Petro Stef|Ștef Marin|Maryn Constantin|Konstantin Nicol|Nikol Tom|Thom Andre|Andri Florin|Dumitr|Dimitr
  Ion|Jon Alex|Aleks Dan|Don Grigor|Gregor Il|Ili Man|Mann Mih|Mich Pavel|Pawel Rad|Radd San|Sann Sim|Sym Stan|Teodor|Theodor Vlad|Wlad
  Lup|Luppu Bratu|Brat Brăt|Brat Căl|Cal Cost|Kost Dian|Dyan Dragom|Dragum Filip|Philip Iord|Jord Mart|Marth Ol|Oll Păun|Paun Săv|Sav
  Șerb|Serb Tănăs|Tanas Ung|Ungh Zah|Zach Bog|Bogh Ghe|Ge Neac|Neak Nedel|Nedell Mold|Mol Munt|Munth Arg|Argh Buc|Buk Sib|Syb`)
const SUFFIXES = spellings('escu|esku eanu|ianu|eano aru|ar oiu|oju aș|as ean|ian ache|ake uță|uta')

export const romanian: Origin = {
  id: 'roemeens',
  share: 11,
  nationalities: ['RO', 'RO', 'RO', 'RO', 'RO', 'RO', 'RO', 'MD'],
  drawGiven(chance, sex) {
    const first = chance.pickCommon(GIVEN[sex], 2)
    return chance.happens(0.55) ? [first, chance.pickCommon(GIVEN[sex], 2)] : [first]
  },
  drawFamily: (chance) =>
    invariable(
      chance.happens(0.55)
        ? chance.pickCommon(FAMILIES, 2)
        : joinSpelled(chance.pick(ROOTS), chance.pickCommon(SUFFIXES, 2)),
    ),
  birthplaces: spellings(`
    București|Bucuresti|Bucharest|Boekarest Iași|Iasi|Jassy Cluj-Napoca|Cluj Timișoara|Timisoara|Temesvar Constanța|Constanta|Konstanza
    Craiova|Krajova Galați|Galati|Galatz Brașov|Brasov|Kronstadt Ploiești|Ploiesti Brăila|Braila Oradea|Nagyvarad Bacău|Bacau
    Pitești|Pitesti Arad Sibiu|Hermannstadt Târgu_Mureș|Targu_Mures|Tirgu_Mures Baia_Mare Buzău|Buzau Botoșani|Botosani Suceava|Suczawa
    Satu_Mare Râmnicu_Vâlcea|Ramnicu_Valcea|Rimnicu_Vilcea Piatra_Neamț|Piatra_Neamt Drobeta-Turnu_Severin|Turnu_Severin Târgoviște|Targoviste
    Focșani|Focsani Tulcea|Tultcha Slatina Vaslui Țăndărei|Tandarei Giurgiu|Giurgu Alexandria Chișinău|Chisinau|Kishinev`),
  mobile: { prefix: '+4072', digits: 7 },
  registeredOnFirstOfJanuary: 0.004,
}
