/**
 * Names in their own spelling and in the spellings that passports and offices give them: `own|other|other`, separated by white space.
 * The people are nobody; the spellings follow the tables of `src/pseudonym/phonetic/skeleton.ts` and everyday use.
 */
export const NAMES_BY_SCRIPT: Readonly<Record<string, string>> = {
  Arabic: `
    ثريا|Thuraya|Soraya عثمان|Othman|Uthman|Osman ليث|Laith|Layth حارث|Harith|Haris بثينة|Buthaina ذكي|Dhaki|Zaki منذر|Mundhir|Monzer
    ضياء|Diya|Zia رمضان|Ramadan|Ramazan رياض|Riyadh|Riad|Riaz رضوان|Radwan|Redouane|Ridwan فضل|Fadl|Fazl مرتضى|Murtada|Murtaza|Mortaza
    ظافر|Dhafer|Zafer|Zafar نظير|Nadhir|Nazir مظفر|Muzaffar|Mouzafar كاظم|Kadhim|Kazem|Kazim غسان|Ghassan|Gassan غازي|Ghazi|Gazi
    خليل|Khalil|Chalil|Halil خديجة|Khadija|Hatice|Hadija خضر|Khidr|Khodr صخر|Sakhr شيخ|Sheikh|Cheikh حسين|Hussein|Husayn|Hossein
    حياة|Hayat رحاب|Rihab|Rehab صباح|Sabah نوح|Nuh|Nouh قاسم|Qasim|Kassem|Kasim قيس|Qais|Kais طارق|Tariq|Tarek صادق|Sadiq|Sadek|Sadegh
    جعفر|Jaafar|Djafar|Jafar جهاد|Jihad|Djihad سراج|Siraj|Seraj|Siradj مجد|Majd نجلاء|Najla|Nadjla هاجر|Hajar|Hadjar حجازي|Hijazi|Hedjazi
    سوسن|Sawsan|Sousan نوال|Nawal|Naoual أنور|Anwar|Anouar|Enver رواد|Rawad جواد|Jawad|Javad|Djaouad داود|Dawud|Daoud|Davud فؤاد|Fuad|Fouad
    مؤمن|Mumin|Moemen رؤى|Ruaa|Roua ممدوح|Mamdouh|Mamduh مجدي|Majdi|Magdi عبدالكريم|Abdulkarim|Abdelkrim عبداللطيف|Abdullatif|Abdellatif
    عبدالسلام|Abdulsalam|Abdessalam عبدالرزاق|Abdulrazzaq|Abderrazak تسنيم|Tasnim|Tasneem شهد|Shahd|Chahd شهاب|Shihab|Chihab سهى|Suha|Soha
    زهير|Zuhair|Zouhair ياسين|Yassin|Jassin يونس|Younes|Junus|Yunus إيهاب|Ihab|Ehab عطية|Atiya عفاف|Afaf لؤلؤة|Lulua هيفاء|Haifa|Hayfa`,
  Persian: `
    رضا|Reza|Riza پرویز|Parviz|Parwiz چنگیز|Changiz|Chengiz وحید|Vahid|Wahid نوید|Navid|Nawid کاوه|Kaveh|Kawa ویدا|Vida|Wida داود|Davood|Dawod
    ژاله|Zhaleh|Jaleh ژیلا|Zhila|Jila بیژن|Bijan|Bizhan منیژه|Manizheh|Manijeh پگاه|Pegah پریسا|Parisa پوریا|Pouria|Puriya سپهر|Sepehr
    چمن|Chaman آرش|Arash|Aresh گلناز|Golnaz|Gulnaz نگار|Negar نرگس|Narges|Nargis فرهنگ|Farhang جهانگیر|Jahangir|Djahangir گیتی|Giti
    کوثر|Kowsar|Kosar ثریا|Soraya حدیث|Hadis صغری|Soghra|Sughra ضحی|Zoha مرضیه|Marzieh|Marziyeh فاضل|Fazel رمضانی|Ramazani قاضی|Ghazi|Qazi
    ظریف|Zarif مظاهر|Mazaher ذبیح|Zabih آذر|Azar گذر|Gozar خسرو|Khosrow|Khosro خواجه|Khajeh|Khwaja شهرزاد|Shahrzad|Shahrazad بهنام|Behnam
    مهناز|Mahnaz شهناز|Shahnaz زهرا|Zahra|Zohra بهرام|Bahram سهراب|Sohrab احمدی|Ahmadi مهدی|Mehdi|Mahdi طاهره|Tahereh|Tahira
    حسینی|Hosseini|Husaini رحیمی|Rahimi رحمانی|Rahmani محمودی|Mahmoudi|Mahmoodi غلام|Gholam|Ghulam باقر|Bagher|Baqer|Baqir قربانی|Ghorbani|Qurbani
    یعقوب|Yaghoub|Yaqub یاسمن|Yasaman یگانه|Yeganeh میترا|Mitra سیاوش|Siavash|Siyawash کیوان|Keyvan|Kaiwan تقی|Taghi|Taqi صدف|Sadaf`,
  'Pashto, Urdu and Kurdish': `
    ټوپک|Topak ډېران|Deran ګلالۍ|Gulalai|Gulalay ښاپېرۍ|Shaperai څرګند|Tsargand ځواک|Dzwak زړور|Zrawar وړانګه|Wranga پښتانه|Pashtana
    زرمینه|Zarmina خوشال|Khushal هېواد|Hewad ملالۍ|Malalai|Malalay توریالی|Turyalai روښان|Roshan میرویس|Mirwais سپوږمۍ|Spozhmai
    ٹیپو|Tipu ڈار|Dar بھٹو|Bhutto بھٹی|Bhatti کھوکھر|Khokhar چوہدری|Chaudhry|Choudhury شہباز|Shahbaz لڑکا|Larka گھمن|Ghuman جہانزیب|Jahanzeb
    چراغ|Cheragh|Chiragh چنار|Chenar ماڼۍ|Manai بےنظیر|Benazir خاں|Khan نواز|Nawaz پرویں|Parveen|Parvin فرزانہ|Farzana شازیہ|Shazia عائشہ|Ayesha|Aisha کشمالہ|Kashmala مریم|Maryam قریشی|Qureshi|Quraishi
    ئازاد|Azad ئاڤان|Avan ڕێبوار|Rebwar ڕۆژان|Rojan|Rozhan شێرکۆ|Sherko|Şerko هێمن|Hemin چیا|Chia|Çiya گوڵاڵە|Gulala سەردار|Sardar
    ئومێد|Omed|Omid بەهار|Bahar ژیان|Zhyan|Jiyan شیلان|Shilan|Şîlan نەورۆز|Nawroz|Newroz ھۆشیار|Hoshyar کارزان|Karzan دڵنیا|Dilnia ڤیان|Vian|Viyan`,
  Hebrew: `
    יוסף|Yosef|Josef|Yossef חיים|Chaim|Haim|Hayim רחל|Rachel|Rahel משה|Moshe|Mosche שרה|Sara|Sarah חנה|Hanna|Chana דוד|David יעקב|Yaakov|Jakob|Jacob
    אברהם|Avraham|Abraham יצחק|Yitzhak|Jitschak|Itzhak שלמה|Shlomo|Schlomo מרים|Miriam|Miryam רבקה|Rivka לאה|Lea|Leah דבורה|Dvora|Devora
    אסתר|Ester|Esther רות|Ruth|Rut נעמי|Naomi תמר|Tamar|Tamara מיכאל|Michael|Mikhael גבריאל|Gavriel|Gabriel רפאל|Rafael|Raphael
    אליהו|Eliyahu שמעון|Shimon|Schimon ראובן|Reuven|Ruben בנימין|Binyamin|Benjamin שמואל|Shmuel|Schmuel נתן|Natan|Nathan זאב|Zeev|Zev
    צבי|Tzvi|Zvi|Tsvi ציון|Zion|Tzion פנחס|Pinchas|Pinhas פרץ|Peretz|Perez ברוך|Baruch|Barukh מנחם|Menachem|Menahem נחום|Nachum|Nahum
    אהרון|Aharon|Aron טובה|Tova כהן|Cohen|Kohen לוי|Levi|Levy מזרחי|Mizrahi|Mizrachi פרידמן|Fridman|Friedman שפירא|Shapira|Schapira
    אשכנזי|Ashkenazi אוחיון|Ohayon|Ochayon חדד|Hadad|Haddad ביטון|Biton|Bitton גולן|Golan יהודה|Yehuda|Jehuda שלום|Shalom|Schalom
    תקווה|Tikva שושנה|Shoshana שחר|Shahar|Schachar שירה|Shira גילה|Gila הדס|Hadas וורד|Vered אביב|Aviv סימון|Simon איתן|Eitan|Eytan`,
  Greek: `
    Γεώργιος|Georgios|Giorgos|Yorgos Χρήστος|Christos|Hristos Ιωάννης|Ioannis|Giannis|Yannis Γιάννης|Giannis|Yiannis Ευάγγελος|Evangelos|Evaggelos|Vangelis
    Αγγελική|Angeliki|Aggeliki Δημήτριος|Dimitrios|Demetrios Νικόλαος|Nikolaos|Nicolaos Κωνσταντίνος|Konstantinos|Constantinos Παναγιώτης|Panagiotis|Panayiotis
    Βασίλειος|Vasileios|Vassilios|Basilios Αθανάσιος|Athanasios Θεόδωρος|Theodoros Σπυρίδων|Spyridon|Spiridon Χαράλαμπος|Charalampos|Haralambos|Charalambos
    Μιχαήλ|Michail|Mihail|Mikhail Ελευθέριος|Eleftherios|Elefterios Παύλος|Pavlos|Paulos Ευγενία|Evgenia|Eugenia Ευτυχία|Eftychia|Eftihia Ειρήνη|Eirini|Irini
    Αικατερίνη|Aikaterini|Ekaterini Βασιλική|Vasiliki|Vassiliki Χριστίνα|Christina|Hristina Γεωργία|Georgia|Yeoryia Φωτεινή|Foteini|Photini Ξένια|Xenia|Ksenia
    Αλέξανδρος|Alexandros|Aleksandros Ψαράς|Psaras Οικονόμου|Oikonomou|Economou Παπαδόπουλος|Papadopoulos|Papadopulos Μπάμπης|Bampis|Babis
    Ντίνα|Ntina|Dina Γκίκας|Gkikas|Gikas Ανδρέας|Andreas Στυλιανός|Stylianos|Stilianos Αντώνιος|Antonios Σωκράτης|Sokratis|Socrates Ζωή|Zoi|Zoe
    Τζένη|Tzeni|Jenny Λάμπρος|Lampros|Lambros Κυριάκος|Kyriakos|Kiriakos Ιακωβίδης|Iakovidis|Jakovidis Ρήγας|Rigas Βλάχος|Vlachos|Vlahos`,
  Ukrainian: `
    Сергій|Serhii|Sergiy|Sergey Олександр|Oleksandr|Alexander|Aleksandr Ганна|Hanna|Ganna Юлія|Yuliia|Julia|Iuliia Олег|Oleh|Oleg Ігор|Ihor|Igor
    Григорій|Hryhorii|Grygoriy|Grigori Євген|Yevhen|Evgen|Ievgen Єлизавета|Yelyzaveta|Elizaveta|Ielyzaveta Жанна|Zhanna|Janna|Žanna Надія|Nadiia|Nadija
    Щербак|Shcherbak|Scherbak|Schtscherbak Хома|Khoma|Homa Цвіт|Tsvit|Cvit Чорний|Chornyi|Czornyj|Tschornyj Шевченко|Shevchenko|Szewczenko|Sjevtsjenko
    Гнатюк|Hnatiuk|Gnatyuk Ґалаґан|Galagan|Galahan Їжакевич|Yizhakevych|Izhakevich Йосип|Yosyp|Josyp|Iosyp Яковенко|Yakovenko|Jakovenko|Iakovenko
    Любов|Liubov|Lyubov|Ljubow Соломія|Solomiia|Solomija Зінаїда|Zinaida Згурський|Zghurskyi|Zgurskyi|Zgurskij Дзюба|Dziuba|Dzyuba Михайло|Mykhailo|Mychajlo|Mihailo
    Федір|Fedir|Fedor В'ячеслав|Viacheslav|Vyacheslav|Wjatscheslaw Ольга|Olha|Olga Людмила|Liudmyla|Lyudmila|Ljudmila Богдан|Bohdan|Bogdan
    Ковальчук|Kovalchuk|Kowaltschuk|Kowalczuk Кравець|Kravets|Krawez Харченко|Kharchenko|Charchenko|Harchenko Ющенко|Yushchenko|Juschtschenko|Iushchenko`,
  Russian: `
    Пётр|Petr|Pyotr|Pjotr Татьяна|Tatiana|Tatyana|Tatjana Крылов|Krylov|Kryloff Хасан|Khasan|Hasan Елена|Yelena|Elena|Jelena Евгений|Evgenii|Yevgeny|Jewgeni Жуков|Zhukov|Joukov|Schukow Щукин|Shchukin|Schukin Цой|Tsoi|Tsoy|Choi
    Чернов|Chernov|Tchernov|Tsjernov Шишкин|Shishkin|Chichkine|Sjisjkin Алексей|Aleksei|Alexey|Alexej Сергей|Sergei|Sergej|Serguei Юрий|Iurii|Yuri|Joeri
    Яна|Iana|Yana|Jana Эльвира|Elvira Объедков|Obieedkov|Obyedkov Фёдор|Fedor|Fyodor|Fjodor Хрущёв|Khrushchev|Hruschev|Chruschtschow Ксения|Kseniia|Xenia|Ksenija
    Зухра|Zukhra|Zuhra Магомед|Magomed|Mahomed Рахман|Rakhman|Rahman Гульнара|Gulnara Владимир|Vladimir|Wladimir Афанасьев|Afanasev|Afanasyev|Afanassiev
    Мухаммад|Mukhammad|Muhammad Джамал|Dzhamal|Jamal|Djamal Ахмед|Akhmed|Ahmed|Achmed Зайцев|Zaitsev|Zajcev|Saizew Ильич|Ilich|Ilyich|Iljitsch`,
  Bulgarian: `
    Димитър|Dimitar|Dimiter|Dimitur Христо|Hristo|Christo|Khristo Георги|Georgi|Gueorgui|Gheorghi Йордан|Yordan|Jordan|Iordan Живко|Zhivko|Jivko
    Цветан|Tsvetan|Cvetan|Zwetan Щерев|Shterev|Sterev Ъгларов|Aglarov Снежана|Snezhana|Snejana Надежда|Nadezhda|Nadejda Желязко|Zhelyazko|Jeliazko|Jelyazko
    Румен|Rumen|Roumen Чавдар|Chavdar|Tchavdar Хаджиев|Hadzhiev|Hadjiev Мария|Maria|Mariya|Marija Стоян|Stoyan|Stojan|Stoian Бойко|Boyko|Boiko|Bojko Юлиан|Yulian|Julian|Iulian
    Яна|Yana|Jana|Iana Бранимир|Branimir Ангел|Angel|Anghel Петър|Petar|Peter|Petur Росица|Rositsa|Rossitza|Rosica Вълчо|Valcho|Vulcho|Vîlcio
    Пенчо|Pencho|Pentcho Шишманов|Shishmanov|Chichmanov|Schischmanow Гюрга|Gyurga|Giurga Захари|Zahari|Zachari|Zakhari Фатме|Fatme Кольо|Kolyo|Koljo|Kolio
    Великов|Velikov|Welikow|Velikoff Къртев|Kartev|Kurtev Ахмед|Ahmed|Akhmed Хасан|Hasan|Khasan Лъчезар|Lachezar|Luchezar Тодор|Todor|Theodor`,
  'Amharic and Tigrinya': `
    ሰምሃር|Semhar|Samhar ተስፋይ|Tesfay|Tesfai ሃይለ|Haile|Hayle ኃይለማርያም|Hailemariam|Haylemaryam ገብረ|Gebre|Ghebre ገብርኤል|Gebriel|Gabriel ጸጋይ|Tsegay|Tsegai
    ፀሐይ|Tsehay|Tsehai ጽጌ|Tsige ቀለም|Kelem|Qelem ቅዱስ|Kidus|Kiddus ዮሃንስ|Yohannes|Johannes|Yohanes ዮሴፍ|Yosef|Yosief ዳዊት|Dawit|David ሚካኤል|Mikael|Michael
    ሃብቶም|Habtom ክብሮም|Kibrom ክፍሎም|Kiflom|Kflom ብርሃን|Birhan|Berhan በረኸት|Bereket|Bereket ሳባ|Saba ሄለን|Helen እስራኤል|Israel|Esrael
    እየሩሳሌም|Eyerusalem|Yerusalem ዕቁባይ|Equbay|Ekubay ኢዮብ|Eyob|Iyob ኤፍሬም|Efrem|Ephrem አስመሮም|Asmerom ፍረወይኒ|Freweini|Freweyni ለተብርሃን|Letebirhan|Letebrhan
    ተወልደ|Tewelde|Tewolde ተክለ|Tekle|Teckle ጥዑም|Tium|Tiuum ጥላሁን|Tilahun ጴጥሮስ|Petros|Phetros ጳውሎስ|Paulos|Pawlos ጨርቆስ|Cherkos|Chirkos ሽሻይ|Shishay|Shshay
    ጀማል|Jemal|Jamal መሓመድ|Mohamed|Mehamed አሕመድ|Ahmed|Ahmad ዘርአይ|Zeray|Zerai ምሕረት|Mihret|Mehret ወይኒ|Weyni|Weini ንግስቲ|Nigisti|Nigsti ኑርያ|Nuria|Nurya
    ሉጫ|Lucha ኘኘ|Nyenye ቬሮኒካ|Veronika|Veronica ዣን|Zhan|Jan ሰላም|Selam|Salam ሙሉጌታ|Mulugeta|Mulughieta አበባ|Abeba ግርማይ|Girmay|Ghirmai`,
  'Georgian and Armenian': `
    გიორგი|Giorgi|Georgi ნინო|Nino ქეთევან|Ketevan|Khetevan შოთა|Shota|Schota ჟუჟუნა|Zhuzhuna ცისანა|Tsisana ჯაბა|Jaba|Dzhaba ღვინაძე|Ghvinadze
    ჭავჭავაძე|Chavchavadze ხათუნა|Khatuna|Hatuna ზურაბ|Zurab ვახტანგ|Vakhtang|Vahtang თამარ|Tamar|Thamar ფიქრია|Pikria ყიფიანი|Qipiani|Kipiani
    Հակոբ|Hakob|Akop Հարություն|Harutyun|Arutyun Գևորգ|Gevorg|Kevork Արմեն|Armen Շուշան|Shushan|Schuschan Խաչատուր|Khachatur|Chatschatur
    Ղազար|Ghazar|Gazar Ծովինար|Tsovinar Ջանիկ|Janik Չարենց|Charents Վարդան|Vardan|Vartan Ժաննա|Zhanna|Janna Ռուբեն|Ruben`,
  Chinese: `
    王|Wang|Wong|Wong 李|Li|Lee|Lei 张|Zhang|Chang|Cheung|Cheong 刘|Liu|Lau|Liou 陈|Chen|Chan|Tchen 杨|Yang|Yeung 黄|Huang|Wong|Hwang 赵|Zhao|Chao|Chiu
    吴|Wu|Woo|Ng 周|Zhou|Chou|Chow|Chau 徐|Xu|Hsu|Tsui 孙|Sun|Suen 马|Ma|Mah 朱|Zhu|Chu 胡|Hu|Woo|Wu 郭|Guo|Kuo|Kwok 何|He|Ho 林|Lin|Lam|Lim
    高|Gao|Kao|Ko 罗|Luo|Lo|Law 郑|Zheng|Cheng|Cheang 梁|Liang|Leung|Leong 谢|Xie|Hsieh|Tse 宋|Song|Sung 唐|Tang|Tong 许|Xu|Hsu|Hui 邓|Deng|Teng|Tang
    冯|Feng|Fung 韩|Han|Hon 曹|Cao|Tsao|Tso 彭|Peng|Pang 曾|Zeng|Tseng|Tsang 萧|Xiao|Hsiao|Siu 田|Tian|Tien|Tin 董|Dong|Tung 潘|Pan|Poon 袁|Yuan|Yuen
    蔡|Cai|Tsai|Choi 蒋|Jiang|Chiang|Cheung 余|Yu|Yue 于|Yu|Yue 杜|Du|Tu|To 叶|Ye|Yeh|Yip 程|Cheng|Ching 魏|Wei|Ngai 苏|Su|So 吕|Lü|Lu|Lui 丁|Ding|Ting
    任|Ren|Jen|Yam 卢|Lu|Lo 姚|Yao|Yiu 沈|Shen|Shum|Sham 钟|Zhong|Chung 姜|Jiang|Chiang|Keung 崔|Cui|Tsui|Chui 谭|Tan|Tam 陆|Lu|Luk 范|Fan|Faan
    汪|Wang|Wong 廖|Liao|Liu 石|Shi|Shih|Shek 金|Jin|Chin|Kam 贾|Jia|Chia|Ka 夏|Xia|Hsia|Ha 付|Fu|Foo 方|Fang|Fong 邹|Zou|Tsou|Chow 熊|Xiong|Hsiung|Hung
    白|Bai|Pai|Pak 孟|Meng|Mang 秦|Qin|Chin|Chun 邱|Qiu|Chiu|Yau 侯|Hou|Hau 江|Jiang|Chiang|Kong 尹|Yin|Wan 薛|Xue|Hsueh|Sit 闫|Yan|Yen|Yim 段|Duan|Tuan`,
  'Turkish and Azeri': `
    Ayşe|Ayse|Aishe|Ayshe Çelik|Celik|Chelik|Tsjelik Şahin|Sahin|Shahin|Schahin Cemal|Djemal|Dzhemal|Cemal Can|Djan|Dzhan Cengiz|Djengiz|Dzhengiz
    Hatice|Hatidje|Hatidzhe Doğan|Dogan Işık|Isik|Ishik Gül|Guel|Gul Yağmur|Yagmur Erdoğan|Erdogan Gökçe|Gokce|Gokche Çağla|Cagla|Chagla
    Şükrü|Sukru|Shukru Özgür|Ozgur|Oezguer Mehmet|Mehmed Hüseyin|Huseyin|Huseyn Xədicə|Khadija|Hadice Qasımov|Gasimov|Kasimov Əliyev|Aliyev|Aliev`,
  'Albanian, Serbian and Croatian': `
    Xhevdet|Dzhevdet|Djevdet Hoxha|Hodzha|Hodja Gjergj|Djerdj Qemal|Chemal|Cemal Shqipe|Shkipe Luljeta|Lulieta Besnik Dhurata|Zurata Thaçi|Thaci|Thachi
    Jovanović|Jovanovic|Jovanovich|Jovanovitsj Đorđe|Djordje|Dorde Željko|Zeljko|Zhelyko Čedomir|Cedomir|Chedomir Šaban|Saban|Shaban Žarko|Zarko|Zharko
    Snežana|Snezana|Snezhana Ljiljana|Liljana|Lilyana Nikolić|Nikolic|Nikolich Živković|Zivkovic|Zhivkovich Jelena|Yelena|Helena`,
  'Polish, Czech and Hungarian': `
    Wojciech|Vojcech|Woitsjech Katarzyna|Katarzina Krzysztof|Kryzstof Stanisław|Stanislaw|Stanislav Szymon|Simon|Shimon Małgorzata|Malgorzata
    Wiśniewski|Wisniewski|Vishnevski Kowalczyk|Kowaltschyk|Kovalchik Zieliński|Zielinski Wałęsa|Walesa Jędrzej|Jedrzej Żaneta|Zaneta|Zhaneta
    Novák|Novak|Nowak Dvořák|Dvorak|Dworzak Šárka|Sarka|Sharka Čapek|Capek|Chapek Jiří|Jiri|Irzhi Eliška|Eliska|Elishka
    Nagy|Nagi Szabó|Szabo|Sabo Kovács|Kovacs|Kovach György|Gyorgy|Georg Zsuzsanna|Susanna|Zhuzhanna Csilla|Chilla Lakatos Sándor|Sandor|Shandor Gyula|Giula`,
  Romanian: `
    Ștefan|Stefan|Shtefan Ionuț|Ionut|Yonuts Țăranu|Taranu|Tsaranu Mureșan|Muresan|Mureshan Rareș|Rares|Raresh Luminița|Luminita|Luminitsa
    Gheorghe|George|Ghiorghe Cristina|Kristina Ciobanu|Chobanu|Tsjobanoe Ceaușescu|Ceausescu|Chaushesku Georgiana|Dzhordzhana Ioana|Joana|Yoana
    Mihai|Mihaj|Michai Vasilică|Vasilica|Vasilika Nicoleta|Nikoleta Constantin|Konstantin Dragoș|Dragos|Dragosh Crăciun|Craciun|Krachun`,
  Vietnamese: `
    Nguyễn|Nguyen|Nguyên Trần|Tran Phạm|Pham Hoàng|Hoang|Huỳnh Phan|Fan Vũ|Vu|Võ Đặng|Dang Đỗ|Do Hồ|Ho Dương|Duong Trịnh|Trinh Quách|Quach|Kwach Phùng|Phung|Fung
    Thủy|Thuy Xuân|Xuan|Suan Hạnh|Hanh Khánh|Khanh Phượng|Phuong Giang|Yang|Zang Quỳnh|Quynh Trang|Chang Dũng|Dung|Zung Đức|Duc Nghĩa|Nghia Thành|Thanh Minh|Mynh
    Quang|Kwang Châu|Chau Cường|Cuong|Kuong Như|Nhu Ngọc|Ngoc Bảo|Bao`,
  'Yoruba and Igbo': `
    Ṣeun|Seun|Sheun Ṣọlá|Sola|Shola Ṣẹ́gun|Segun|Shegun Olúṣẹ́gun|Olusegun|Olushegun Adéwálé|Adewale Babátúndé|Babatunde|Babatoende Ọláyínká|Olayinka
    Ifẹ́olúwa|Ifeoluwa Ayọ̀délé|Ayodele|Ajodele Gbénga|Gbenga|Benga Chukwuemeka|Chukwuemeka|Chukuemeka|Tsjoekwoeemeka Ọbịora|Obiora Ngọzi|Ngozi
    Chiọma|Chioma|Tchioma Ụgọchi|Ugochi|Ugotchi Okonkwo|Okonko Nneka|Neka Nwachukwu|Nwachuku|Wachukwu Onyeka|Onieka Ikenna|Ikena`,
}
