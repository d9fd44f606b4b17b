import type { Origin } from './origin.ts'
import { joinSpelled, type Spelled, spellings } from './spelled.ts'

const GIVEN = {
  vrouw: spellings(`
    Olena|Elena|Helena|Олена|Елена Oksana|Oxana|Оксана Tetiana|Tatiana|Tetyana|Tatjana|Тетяна|Татьяна Iryna|Irina|Ірина|Ирина
    Natalia|Nataliya|Natalya|Natalija|Наталія|Наталья Svitlana|Svetlana|Світлана|Светлана Yulia|Yuliia|Julia|Iuliia|Юлія|Юлия
    Anna|Hanna|Ganna|Ганна|Анна Kateryna|Ekaterina|Katerina|Katja|Катерина|Екатерина Maria|Mariia|Mariya|Marija|Марія|Мария
    Anastasia|Anastasiia|Anastasiya|Nastia|Анастасія|Анастасия Olha|Olga|Ольга Viktoria|Viktoriia|Victoria|Viktoriya|Вікторія|Виктория
    Daria|Dariia|Darya|Darija|Дарія|Дарья Oleksandra|Alexandra|Aleksandra|Олександра|Александра Sofia|Sofiia|Sofiya|Софія|София
    Liudmyla|Lyudmila|Ludmila|Людмила Halyna|Galina|Halina|Галина Nadia|Nadiia|Nadezhda|Надія|Надежда Valentyna|Valentina|Валентина
    Liubov|Lyubov|Любов|Любовь Alina|Аліна|Алина Kristina|Khrystyna|Christina|Христина|Кристина Yana|Iana|Jana|Яна Marina|Maryna|Марина
    Diana|Діана|Диана Karina|Karyna|Каріна|Карина Inna|Інна|Инна Alla|Алла Larysa|Larisa|Лариса Zoriana|Zoryana|Зоряна
    Myroslava|Miroslava|Мирослава Solomiia|Solomia|Соломія Polina|Polyna|Поліна|Полина Ruslana|Руслана Vira|Vera|Віра|Вера
    Yevheniia|Evgenia|Yevgenia|Євгенія|Евгения Zlata|Злата Milana|Мілана|Милана Veronika|Veronica|Вероніка|Вероника Bohdana|Bogdana|Богдана`),
  man: spellings(`
    Oleksandr|Alexander|Aleksandr|Олександр|Александр Serhii|Sergey|Serhiy|Sergei|Сергій|Сергей Andrii|Andriy|Andrey|Andrei|Андрій|Андрей
    Volodymyr|Vladimir|Володимир|Владимир Mykola|Nikolai|Nikolay|Микола|Николай Ivan|Iwan|Іван|Иван Dmytro|Dmitry|Dmitri|Дмитро|Дмитрий
    Vasyl|Vasiliy|Vasily|Василь|Василий Yurii|Yuri|Yuriy|Jurij|Юрій|Юрий Viktor|Victor|Віктор|Виктор Mykhailo|Mikhail|Mykhaylo|Михайло|Михаил
    Oleh|Oleg|Олег Ihor|Igor|Ігор|Игорь Petro|Pyotr|Petr|Петро|Пётр Bohdan|Bogdan|Богдан Vitalii|Vitaly|Vitaliy|Віталій|Виталий
    Roman|Роман Maksym|Maxim|Maksim|Максим Anatolii|Anatoly|Anatoliy|Анатолій|Анатолий Pavlo|Pavel|Павло|Павел Taras|Тарас
    Ruslan|Руслан Denys|Denis|Денис Artem|Artyom|Артем|Артём Yevhen|Evgeny|Yevgen|Eugene|Євген|Евгений Vladyslav|Vladislav|Владислав
    Nazar|Назар Oleksii|Alexei|Aleksey|Oleksiy|Олексій|Алексей Stepan|Stefan|Степан Hryhorii|Grigory|Hryhoriy|Григорій|Григорий
    Valerii|Valery|Valeriy|Валерій|Валерий Vadym|Vadim|Вадим Kostiantyn|Konstantin|Костянтин|Константин Illia|Ilya|Ilia|Ілля|Илья
    Danylo|Daniil|Danilo|Данило|Даниил Ostap|Остап Yaroslav|Jaroslav|Ярослав Leonid|Леонід|Леонид Kyrylo|Kirill|Кирило|Кирилл
    Tymofii|Timofey|Tymofiy|Тимофій|Тимофей Matvii|Matvey|Matviy|Матвій|Матвей Zakhar|Zahar|Захар Marko|Mark|Марко|Марк`),
}

const ROOTS = spellings(`
  Shevch|Schevtsj|Sevc|Шевч Koval|Kowal|Коваль Bond|Бонд Tkach|Tkatsj|Ткач Kravch|Kravtsj|Кравч Oliin|Olijn|Олійн Mel'nych|Melnych|Мельнич
  Pol|Пол Lys|Lis|Лис Moroz|Мороз Petr|Петр Iv|Ів Pavl|Павл Rom|Ром Klym|Klim|Клим Sav|Сав Kuz'm|Kuzm|Кузьм Fed|Фед Hryts|Grits|Гриц
  Marchen|Martsjen|Марчен Lev|Лев Khom|Hom|Хом Sydor|Sidor|Сидор Tymosh|Timosh|Тимош Vas'l|Vasyl|Васил Kharch|Harch|Харч Zin'k|Zink|Зіньк
  Hon|Gon|Гон Kostiu|Kostyu|Костю Prykhod'|Prikhod|Приходь Nechai|Nechay|Нечай Bil|Біл Chorn|Tsjorn|Чорн Zhuk|Zjuk|Жук Sokol|Сокол
  Hor|Gor|Гор Dyach|Diach|Дяч Palam|Палам Rud|Руд Dem'yan|Demian|Дем'ян Stets|Стец Hav'r|Havr|Гавр Yur|Jur|Юр Mazur|Мазур Kush|Куш Bab|Баб
  Vorob|Вороб Kashch|Kasjtsj|Кащ Ostap|Остап Pylyp|Pilip|Пилип Shch|Sjtsj|Щ Yats|Jats|Яц`)
const SUFFIXES: readonly (readonly [man: Spelled, vrouw: Spelled])[] = [
  ['enko|jenko|енко', 'enko|jenko|енко'],
  ['uk|uck|ук', 'uk|uck|ук'],
  ['chuk|czuk|tsjoek|чук', 'chuk|czuk|tsjoek|чук'],
  ['skyi|sky|skiy|skij|ський|ский', 'ska|skaya|skaja|ська|ская'],
  ['iv|ів', 'iva|iv|іва'],
  ['yk|ik|ик', 'yk|ik|ик'],
  ['ets|ets|ець', 'ets|ets|ець'],
].map(([man, vrouw]) => [spellings(man!)[0]!, spellings(vrouw!)[0]!] as const)

export const ukrainian: Origin = {
  id: 'oekraiens',
  share: 12,
  nationalities: ['UA', 'UA', 'UA', 'UA', 'UA', 'RU', 'MD'],
  drawGiven: (chance, sex) => [chance.pickCommon(GIVEN[sex], 2)],
  drawFamily(chance) {
    const root = chance.pickCommon(ROOTS, 2)
    const [man, vrouw] = chance.pickCommon(SUFFIXES, 2)
    return { man: joinSpelled(root, man), vrouw: joinSpelled(root, vrouw) }
  },
  birthplaces: spellings(`
    Kyiv|Kiev|Kyjiw|Київ|Киев Kharkiv|Kharkov|Charkov|Харків|Харьков Odesa|Odessa|Одеса|Одесса Dnipro|Dnepropetrovsk|Дніпро|Днепр
    Lviv|Lvov|Lwów|Львів|Львов Donetsk|Донецьк|Донецк Zaporizhzhia|Zaporozhye|Zaporizja|Запоріжжя|Запорожье Mariupol|Marioepol|Маріуполь|Мариуполь
    Mykolaiv|Nikolaev|Миколаїв|Николаев Kryvyi_Rih|Krivoy_Rog|Кривий_Ріг Luhansk|Lugansk|Луганськ|Луганск Vinnytsia|Vinnitsa|Вінниця
    Kherson|Cherson|Херсон Poltava|Полтава Chernihiv|Chernigov|Чернігів|Чернигов Cherkasy|Cherkassy|Черкаси|Черкассы Sumy|Soemy|Суми|Сумы
    Zhytomyr|Zhitomir|Житомир Rivne|Rovno|Рівне|Ровно Ternopil|Ternopol|Тернопіль|Тернополь Ivano-Frankivsk|Ivano-Frankovsk|Івано-Франківськ
    Uzhhorod|Uzhgorod|Ужгород Chernivtsi|Chernovtsy|Чернівці Lutsk|Loetsk|Луцьк Melitopol|Мелітополь`),
  mobile: { prefix: '+38050', digits: 7 },
  registeredOnFirstOfJanuary: 0.005,
}
