import { invariable, type Origin, type Sex } from './origin.ts'
import { joinSpelled, type Spelled, spellings } from './spelled.ts'

/** English names, which many Nigerians have beside their own. */
const ENGLISH: Readonly<Record<Sex, readonly Spelled[]>> = {
  vrouw: spellings(`
    Blessing|Blesing Joy|Joi Mercy|Mercie Grace|Gracie Faith|Fayth Favour|Favor Precious|Presious Patience|Pacience Gift|Gifty Peace|Pease
    Esther|Ester Mary|Marie Rose|Roos Joyce|Joice Glory|Glorie Happy|Happiness Victoria|Viktoria Queen|Queeneth Loveth|Lovet Juliet|Juliette`),
  man: spellings(`
    Emmanuel|Emanuel|Immanuel Samuel|Samual John|Jon Daniel|Danyel David|Dawid Michael|Micheal Joseph|Josef Peter|Piter Paul|Pol
    Godwin|Goodwin Sunday|Sundae Friday|Fryday Victor|Viktor Kingsley|Kingsly Lucky|Lucki Collins|Colins Osas|Osaz Prince|Prins`),
}

const igboHead = spellings(
  'Chi|Tchi Chukwu|Chuku|Tsjoekwoe Nne|Ne Ugo|Ogo Uche|Utche Oge|Ogge Ama|Amma Ifeoma|Ifoma Ngo|Nggo Kele|Kelle Obi|Obbi Ebe|Ebbe',
)
const igboTail = {
  vrouw: spellings(
    'dinma|dimma amaka|amaka nyere|nyelu ma|mma chi|chi ebele|ebelle nwa|nwa luchi|lutchi som|somu kachi|katchi',
  ),
  man: spellings(
    'emeka|emeca nonso|nonzo ebuka|ebuca kwudi|kudi nedu|neddu ka|kah zie|zieh eze|ezeh ike|ikeh fumnanya|funanya',
  ),
}
const igboFamily = spellings(`
  Okafor|Okafo|Okaforr Okonkwo|Okonkwor|Okonko Eze|Ezeh Nwosu|Nwosuh Okoye|Okoyeh Obi|Obih Nwankwo|Nwanko Onyeka|Onyekah Umeh|Ume
  Okeke|Okekeh Chukwu|Chuku Igwe|Igweh Ibe|Ibeh Nnamdi|Namdi Ezeani|Ezeanyi Anyanwu|Anyanwo Opara|Okpara Uzor|Uzoh Nwachukwu|Nwachuku
  Onuoha|Onuohah Agu|Aguh Ani|Anih Mbah|Mba Aneke|Anekeh Ugwu|Ugwuh Ezekwe|Ezekwem Ndukwe|Nduka Ogbonna|Ogbona Ikechukwu|Ikechuku`)
const igboFamilyHead = spellings(
  'Nwa|Nwo Oko|Okko Eze|Ezeh Onye|Onyi Ogbu|Ogbo Ama|Amah Uzo|Uzu Iro|Iroh Eke|Ekeh Anya|Anyah Obi|Obie',
)
const igboFamilyTail = spellings(
  'chukwu|chuku bueze|buezeh ma|mma dike|dikeh nna|na igwe|igweh ocha|otcha ukwu|uku ji|ji kwe|kweh ugo|ugoh ne|neh',
)

const yorubaHead = spellings(
  'Ade|Ady Olu|Olou Ayo|Ayoh Ola|Olah Oluwa|Oluwaa Temi|Temmi Ife|Ifeh Omo|Omoh Ibi|Ibbi Tolu|Tollu Akin|Akeen Baba|Babba',
)
const yorubaTail = {
  vrouw: spellings(
    'bisi|bissi funke|funkeh yemi|yemmi shola|sola seun|sheun tope|topeh bukola|bukolah yinka|yinca kemi|kemmi lola|lolla',
  ),
  man: spellings(
    'wale|walle tunde|tundeh yinka|yinca dele|delle kunle|kunleh femi|femmi shola|sola niyi|niyyi gbenga|benga segun|shegun',
  ),
}
const yorubaFamily = spellings(`
  Adeyemi|Adeyemy Adebayo|Adebajo|Adebayor Ogunleye|Ogunleyeh Balogun|Balogoun Ojo|Odjo Okafor|Okafo Oladipo|Oladippo Afolabi|Afolaby
  Akinola|Akinnola Alabi|Alaby Fashola|Fasola Ogundele|Ogundelle Adewale|Adewalle Olatunji|Olatundji Bello|Belo Salami|Salamy Lawal|Lawall`)
const yorubaFamilyHead = spellings(
  'Ade|Ady Ogun|Oggun Ola|Olla Akin|Akeen Olu|Olou Ayo|Ayoh Fa|Fah Oye|Oyeh Abi|Abbi Owo|Owoh Awo|Awoh',
)
const yorubaFamilyTail = spellings(
  'bayo|bajo leye|leyeh wale|walle tola|tolla mola|molla sanya|sanja dipo|dippo niran|nirran bode|bodeh yinka|yinca kanmi|kanmy lowo|lowoh',
)

const hausaGiven = {
  vrouw: spellings(
    'Aisha|Aishatu Fatima|Fatimah|Fati Hauwa|Hawa Zainab|Zainabu Amina|Aminatu Maryam|Mariam Hadiza|Hadisa Rakiya|Rakia Safiya|Safia Halima|Halimatu',
  ),
  man: spellings(
    'Musa|Moussa Ibrahim|Ibraheem Abubakar|Aboubacar|Abu_Bakr Umar|Oumar Sani|Sanni Usman|Ousmane Aliyu|Aliou Yusuf|Yusuph Haruna|Harouna Garba|Garbah',
  ),
}
const hausaFamily = spellings(`
  Musa|Moussa Abubakar|Aboubacar Ibrahim|Ibraheem Mohammed|Muhammad|Mohamed Bello|Belo Sani|Sanni Usman|Ousmane Aliyu|Aliou Lawal|Lawan
  Yakubu|Yacoubou Abdullahi|Abdulahi Suleiman|Sulaiman Danjuma|Dan_Juma Dangote|Dan_Gote Shehu|Chehou Kano|Kanno Katsina|Kacina Zaria|Zariah`)

const edoGiven = {
  vrouw: spellings(
    'Osarugue|Osarugwe Isoken|Isokun Itohan|Itoan Eki|Ekki Efosa|Effosa Adesuwa|Adesua Ivie|Ivy Omosede|Omosefe Aisosa|Aisossa Osayuki|Osayuwki',
  ),
  man: spellings(
    'Osagie|Osagi Osaze|Osase Efosa|Effosa Nosa|Nossa Osaro|Ossaro Igbinosa|Igbinossa Uyi|Uyie Eghosa|Egosa Osahon|Osahun Imade|Immade',
  ),
}
const edoHead = spellings(
  'Osa|Ossa Omo|Omoh Igbi|Igby Ehi|Ehie Agbon|Agbo Idemu|Idemo Ogie|Ogi Uwa|Uwah Eghare|Egare Imas|Imaz Aig|Ayg Okun|Okoun',
)
const edoTail = spellings(
  'gie|ghie rogbe|rogbeh nedion|nedyon giator|giato lahor|laho dia|diah ruyi|ruyie vbo|bo zuwa|suwa wen|wenn mudia|moudia rhunmwunde|runmwunde',
)

type People = 'igbo' | 'yoruba' | 'hausa' | 'edo'

const GIVEN: Readonly<Record<People, (draw: <T>(items: readonly T[]) => T, sex: Sex) => Spelled>> = {
  igbo: (draw, sex) => joinSpelled(draw(igboHead), draw(igboTail[sex])),
  yoruba: (draw, sex) => joinSpelled(draw(yorubaHead), draw(yorubaTail[sex])),
  hausa: (draw, sex) => draw(hausaGiven[sex]),
  edo: (draw, sex) => draw(edoGiven[sex]),
}

function nigerian(people: People, share: number, birthplaces: string, firstOfJanuary: number, twins?: string): Origin {
  const [first, second] = twins ? spellings(twins) : []
  return {
    id: people,
    share,
    nationalities: ['NG', 'NG', 'NG', 'NG', 'NG', 'NG', 'NG', 'NG', 'GH'],
    drawGiven(chance, sex) {
      const own = GIVEN[people]((items) => chance.pickCommon(items, 1), sex)
      if (people === 'hausa' || chance.happens(0.35)) return [own]
      const english = chance.pickCommon(ENGLISH[sex], 2)
      return chance.happens(0.6) ? [english, own] : [own, english]
    },
    drawFamily(chance) {
      const isCommon = chance.happens(0.4)
      if (people === 'hausa') return invariable(chance.pickCommon(hausaFamily, 1))
      if (people === 'edo') return invariable(joinSpelled(chance.pick(edoHead), chance.pick(edoTail)))
      if (people === 'igbo') {
        return invariable(
          isCommon
            ? chance.pickCommon(igboFamily, 2)
            : joinSpelled(chance.pick(igboFamilyHead), chance.pick(igboFamilyTail)),
        )
      }
      return invariable(
        isCommon
          ? chance.pickCommon(yorubaFamily, 2)
          : joinSpelled(chance.pick(yorubaFamilyHead), chance.pick(yorubaFamilyTail)),
      )
    },
    birthplaces: spellings(birthplaces),
    mobile: { prefix: '+234803', digits: 7 },
    registeredOnFirstOfJanuary: firstOfJanuary,
    ...(first && second && { twinNames: [first, second] as const }),
  }
}

export const igbo = nigerian(
  'igbo',
  3,
  'Enugu Onitsha|Onitcha Owerri|Oweri Aba|Abba Lagos Awka|Oka Umuahia Nsukka|Nsuka Port_Harcourt|Portharcourt Abakaliki',
  0.06,
)
export const yoruba = nigerian(
  'yoruba',
  3,
  'Lagos Ibadan|Ibadaan Abeokuta|Abéokuta Ilorin|Illorin Akure|Akoure Oshogbo|Osogbo Ife|Ile-Ife Ado-Ekiti|Ado_Ekiti Ijebu-Ode|Ijebu_Ode',
  0.06,
  'Taiwo|Taye|Taiwoh Kehinde|Kenny|Kehindeh',
)
export const hausa = nigerian(
  'hausa',
  2,
  'Kano|Kanno Kaduna|Kadouna Katsina|Kacina Zaria Sokoto|Sakkwato Maiduguri|Maidougouri Bauchi|Baoutchi Jos Gusau',
  0.16,
  'Hassan|Al-Hassan|Hasan Hussaini|Hussain|Ousseini',
)
export const edo = nigerian(
  'edo',
  3,
  'Benin_City|Benin|Benin-City Benin_City|Benin|Edo Uromi|Oromi Auchi|Autchi Ekpoma|Ekpuma Warri|Wari Lagos',
  0.08,
)
