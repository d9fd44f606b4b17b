import type { Origin } from './origin.ts'
import { joinSpelled, spellings } from './spelled.ts'

const GIVEN = {
  vrouw: spellings(`
    Maria|Mariya|Marija|Мария Ivanka|Iwanka|Иванка Elena|Helena|Елена Yordanka|Jordanka|Iordanka|Йорданка Desislava|Dessislava|Десислава
    Gergana|Guergana|Гергана Petya|Petia|Петя Radka|Ratka|Радка Mariyka|Marijka|Марийка Viktoria|Victoria|Viktoriya|Виктория
    Teodora|Theodora|Теодора Daniela|Danijela|Даниела Stefka|Schtefka|Стефка Penka|Pynka|Пенка Tsvetelina|Cvetelina|Zwetelina|Цветелина
    Silvia|Silviya|Sylvia|Силвия Kristina|Christina|Кристина Nikol|Nicole|Никол Gabriela|Габриела Raya|Raja|Рая Simona|Симона
    Aleksandra|Alexandra|Александра Rositsa|Rossitza|Rosica|Росица Snezhana|Snejana|Снежана Mariana|Marijana|Мариана Galina|Halina|Галина
    Nadezhda|Nadejda|Надежда Vanya|Vania|Wanja|Ваня Antoaneta|Antoinette|Антоанета Yana|Iana|Jana|Яна Bilyana|Biljana|Биляна
    Zhivka|Jivka|Живка Ralitsa|Ralitza|Ралица Tanya|Tania|Таня Emiliya|Emilia|Емилия Hristina|Христина Boryana|Boriana|Боряна
    Milena|Милена Svetla|Светла Diana|Диана Asya|Assia|Асия Fatme|Fatma|Фатме Ayshe|Aishe|Айше Nevena|Невена Lyudmila|Ludmila|Людмила`),
  man: spellings(`
    Georgi|Gueorgui|Gheorghi|Георги Ivan|Iwan|Иван Dimitar|Dimitur|Dimiter|Димитър Nikolay|Nikolai|Николай Petar|Peter|Petur|Петър
    Hristo|Christo|Христо Aleksandar|Alexander|Alexandar|Александър Yordan|Jordan|Iordan|Йордан Vasil|Wassil|Васил Stefan|Stephan|Стефан
    Todor|Theodor|Тодор Stoyan|Stojan|Stoian|Стоян Atanas|Athanas|Атанас Angel|Anghel|Ангел Krasimir|Krassimir|Красимир Plamen|Пламен
    Ivaylo|Ivailo|Iwajlo|Ивайло Valentin|Walentin|Валентин Emil|Емил Martin|Мартин Kaloyan|Kalojan|Калоян Boris|Борис Daniel|Даниел
    Viktor|Victor|Виктор Lyubomir|Ljubomir|Lubomir|Любомир Rumen|Roumen|Румен Milen|Милен Simeon|Симеон Asen|Assen|Асен Kiril|Cyril|Кирил
    Zhivko|Jivko|Живко Radoslav|Radoslaw|Радослав Boyan|Bojan|Боян Veselin|Wesselin|Веселин Tsvetan|Zwetan|Cvetan|Цветан Mihail|Michail|Михаил
    Borislav|Борислав Svetoslav|Светослав Yavor|Javor|Iavor|Явор Anton|Антон Deyan|Dejan|Деян Ognyan|Ognian|Огнян Galin|Галин
    Mehmed|Mehmet|Мехмед Ahmed|Ахмед Mustafa|Мустафа Hasan|Хасан Ali|Али Slavcho|Slavtcho|Славчо Mitko|Митко Assen|Асен Ilko|Илко`),
}

const ROOTS = spellings(`
  Ivan|Iwan|Иван Georgi|Gueorgui|Георги Dimitr|Димитр Petr|Петр Nikol|Никол Hrist|Christ|Христ Stoyan|Stojan|Стоян Todor|Тодор Ili|Или
  Vasil|Wassil|Васил Atanas|Атанас Angel|Ангел Petk|Петк Yordan|Jordan|Йордан Mar'n|Marin|Марин Kol|Кол Stef|Стеф Min|Мин Kost|Кост
  Mit|Мит Pavl|Павл Tod|Тод Mihayl|Mihail|Михайл Aleksandr|Alexandr|Александр Kir|Кир Iv|Ив Nik|Ник Rad|Рад Kar|Кар Simeon|Симеон
  Zhel'zk|Jeliazk|Желязк Ang|Анг Boz|Боз Vel|Вел Vlad|Влад Gan|Ган Gen|Ген Gor|Гор Danail|Данаил Denk|Денк Din|Дин Dobr|Добр Don|Дон
  Dragan|Драган Zah|Зах Kalin|Калин Kan|Кан Kras|Крас Kuz|Куз Laz|Лаз Lyub|Ljub|Люб Manol|Манол Mil|Мил Mlad|Млад Nayd|Naid|Найд Ned|Нед
  Pen|Пен Pop|Поп Rus|Рус Sav|Сав Slav|Слав Spas|Спас Stank|Станк Tane|Тане Tsank|Цанк Tsvetk|Цветк Chol|Чол Shish|Шиш Yank|Jank|Янк
  Yan|Jan|Ян Filip|Филип Metod|Метод Bank|Банк Bon|Бон Ves|Вес Grozd|Грозд Grud|Груд Asen|Асен Mehmed|Мехмед Ahmed|Ахмед Hasan|Хасан Osman|Осман`)
const [OV, OVA, EV, EVA] = spellings('ov|off|ow|ов ova|owa|ова ev|eff|ew|ев eva|ewa|ева')

export const bulgarian: Origin = {
  id: 'bulgaars',
  share: 8,
  nationalities: ['BG', 'BG', 'BG', 'BG', 'BG', 'BG', 'MK'],
  drawGiven(chance, sex) {
    const own = chance.pickCommon(GIVEN[sex], 2)
    if (!chance.happens(0.3)) return [own]
    // The patronymic, which is written among the given names abroad.
    const root = chance.pickCommon(ROOTS, 2)
    return [own, joinSpelled(root, sex === 'man' ? OV! : OVA!)]
  },
  drawFamily(chance) {
    const root = chance.pickCommon(ROOTS, 2)
    const [man, vrouw] = chance.happens(0.7) ? [OV!, OVA!] : [EV!, EVA!]
    return { man: joinSpelled(root, man), vrouw: joinSpelled(root, vrouw) }
  },
  birthplaces: spellings(`
    Sofia|Sofiya|Sofija|София Plovdiv|Plowdiw|Пловдив Varna|Warna|Варна Burgas|Bourgas|Бургас Sliven|Sliwen|Сливен Ruse|Rousse|Roese|Русе
    Stara_Zagora|Стара_Загора Pleven|Plewen|Плевен Pazardzhik|Pazardjik|Пазарджик Dobrich|Dobritsch|Добрич Shumen|Choumen|Schumen|Шумен
    Pernik|Перник Haskovo|Khaskovo|Хасково Yambol|Jambol|Ямбол Blagoevgrad|Благоевград Vratsa|Vraca|Враца Veliko_Tarnovo|Weliko_Tyrnowo|Велико_Търново
    Kardzhali|Kirdzhali|Кърджали Vidin|Widin|Видин Montana|Монтана Asenovgrad|Assenowgrad|Асеновград Kyustendil|Kustendil|Кюстендил
    Silistra|Силистра Targovishte|Tyrgowischte|Търговище Razgrad|Разград Lovech|Ловеч Samokov|Самоков Kazanlak|Kasanlak|Казанлък Lom|Лом`),
  mobile: { prefix: '+35988', digits: 7 },
  registeredOnFirstOfJanuary: 0.004,
}
