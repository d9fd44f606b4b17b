import { invariable, type Origin } from './origin.ts'
import { joinSpelled, spellings } from './spelled.ts'

const GIVEN = {
  vrouw: spellings(`
    Fatima|Fatma|Fatimah|Fatema|فاطمة Maryam|Mariam|Meryem|Miriam|مريم Aisha|Aicha|Ayesha|Aysha|عائشة Zainab|Zaynab|Zeinab|Zineb|زينب
    Khadija|Khadidja|Hadija|Khadijah|خديجة Noor|Nour|Nur|Noura|نور Sara|Sarah|سارة Amina|Aminah|Amena|أمينة Layla|Leila|Laila|Leyla|ليلى
    Hanan|Hanane|حنان Salma|Selma|سلمى Yasmin|Yasmine|Jasmin|ياسمين Rania|Raniya|رانيا Huda|Hoda|Houda|هدى Samira|Sameera|سميرة
    Nadia|Nadiya|نادية Rana|Ranah|رنا Dina|Deena|دينا Hala|Halah|هالة Iman|Eman|Imane|إيمان Amal|Amel|أمل Sanaa|Sana|سناء
    Karima|Kareema|كريمة Malika|Maleka|مليكة Naima|Naeema|نعيمة Latifa|Lateefa|لطيفة Rahma|Rahmah|رحمة Asma|Asmaa|Esma|أسماء
    Wafa|Wafaa|Ouafa|وفاء Ghada|Rhada|غادة Rasha|Racha|رشا Shaima|Chaimae|Shaymaa|شيماء Duaa|Doaa|Douae|دعاء Israa|Esraa|إسراء
    Reem|Rim|ريم Lina|Leena|لينا Joud|Jood|Jude|جود Hiba|Heba|هبة Bushra|Bouchra|Boshra|بشرى Siham|Seham|سهام Ikram|Ekram|إكرام
    Safaa|Safa|صفاء Manal|Manel|منال Suad|Souad|Soad|سعاد Zahra|Zohra|زهرة Batoul|Batool|بتول Rawan|Raouan|روان Jamila|Djamila|جميلة`),
  man: spellings(`
    Mohammed|Mohamed|Muhammad|Mohamad|Mohammad|Muhammed|محمد Ahmed|Ahmad|Achmed|أحمد Ali|Aly|علي Mahmoud|Mahmud|Mahmood|محمود
    Omar|Umar|Omer|عمر Hassan|Hasan|Hassane|حسن Hussein|Husain|Hussain|Houssein|Hossein|حسين Ibrahim|Brahim|Ebrahim|إبراهيم
    Khaled|Khalid|Chalid|خالد Youssef|Yusuf|Yousef|Yousif|Joesoef|يوسف Abdullah|Abdallah|Abdulla|عبدالله Mustafa|Mostafa|Moustapha|مصطفى
    Abdulrahman|Abderrahman|Abd_al-Rahman|Abdul_Rahman|عبدالرحمن Hamza|Hamzah|Hamsa|حمزة Bilal|Belal|بلال Karim|Kareem|كريم
    Said|Saeed|Sayed|Saïd|سعيد Rachid|Rashid|Rasheed|رشيد Samir|Sameer|سمير Tarek|Tariq|Tarik|طارق Walid|Waleed|Oualid|وليد
    Amir|Ameer|Emir|أمير Anas|Annas|أنس Ayman|Aymen|Aiman|أيمن Bashar|Bachar|بشار Fadi|Fady|فادي Faisal|Faysal|Fayçal|فيصل
    Firas|Feras|فراس Ghaith|Ghayth|غيث Hadi|Hady|هادي Haitham|Haytham|هيثم Hisham|Hicham|Hesham|هشام Imad|Emad|Imed|عماد
    Jamal|Gamal|Djamel|جمال Kamal|Kamel|Kemal|كمال Louay|Luay|لؤي Majed|Majid|Madjid|ماجد Marwan|Marouane|Merwan|مروان
    Mazen|Mazin|مازن Murad|Mourad|Morad|مراد Nabil|Nabeel|نبيل Nasser|Nasir|Nacer|ناصر Osama|Usama|Oussama|أسامة Rami|Ramy|رامي
    Saad|Sa'd|سعد Salah|Saleh|Salih|صالح Sami|Samy|سامي Suleiman|Sulayman|Soliman|Slimane|سليمان Wael|Wail|Ouael|وائل
    Yahya|Yehia|Jahja|يحيى Yasser|Yasir|Jasser|ياسر Zakaria|Zakariya|Zakariae|زكريا Ziad|Zeyad|Ziyad|زياد Adel|Adil|عادل`),
}

const ARTICLE = spellings('Al-|Al_|El_|El|Al|al-|ال')[0]!
const NISBA = spellings(`
  Masri|Masry|Misri|مصري Halabi|Halaby|حلبي Hamwi|Hamoui|حموي Homsi|Homsy|Humsi|حمصي Shami|Chami|Shamy|شامي Khatib|Khateeb|خطيب
  Haddad|Hadad|حداد Najjar|Naggar|Nadjar|نجار Khalil|Chalil|خليل Ahmad|Ahmed|أحمد Hassan|Hasan|حسن Jabouri|Jubouri|Jaburi|جبوري
  Dulaimi|Dulaymi|Delaimi|دليمي Tikriti|Takriti|تكريتي Basri|Basry|بصري Mousawi|Musawi|Mosawi|موسوي Hashimi|Hashemi|Hachemi|هاشمي
  Amrani|Amrany|عمراني Idrissi|Idrisi|إدريسي Alaoui|Alawi|Allaoui|علوي Fassi|Fasi|فاسي Bakkali|Baqqali|بقالي Yousfi|Yusufi|يوسفي
  Khattabi|Chattabi|Khatabi|خطابي Ouazzani|Wazzani|وزاني Mansouri|Mansuri|منصوري Saidi|Saedi|سعيدي Tahiri|Taheri|طاهري
  Sabbagh|Sebbagh|صباغ Qasim|Kasem|Kassem|Qassem|قاسم Rifai|Refai|Rifaï|رفاعي Sayed|Sayyid|Said|سيد Zoubi|Zubi|Zoabi|زعبي
  Jundi|Joundi|Jendi|جندي Ghazali|Ghazaly|Razali|غزالي Maliki|Maleki|مالكي Zahrani|Zahrany|زهراني Bitar|Baytar|Bittar|بيطار
  Sharif|Cherif|Charif|شريف Tamimi|Tamimy|تميمي Ansari|Ansary|أنصاري Obeidi|Ubaydi|Obaidi|عبيدي Azzawi|Azawi|عزاوي Rawi|Raoui|راوي
  Hilali|Helali|هلالي Bakri|Bakry|Becri|بكري Qadri|Kadri|Qadiri|قادري Nouri|Nuri|Noori|نوري Dabbagh|Debbagh|دباغ Asadi|Assadi|أسدي`)
const KUNYA = spellings('Ben_|Bin_|Ben|بن_ Abu_|Abou_|Abo_|أبو_ Ait_|Aït_|آيت_')

export const arabic: Origin = {
  id: 'arabisch',
  share: 17,
  nationalities: ['SY', 'SY', 'MA', 'IQ', 'SY', 'DZ', 'LY', 'EG', 'TN', 'SD'],
  drawGiven(chance, sex) {
    const own = chance.pickCommon(GIVEN[sex], 2)
    // The father's name often stands among the given names.
    return chance.happens(0.3) ? [own, chance.pickCommon(GIVEN.man, 2)] : [own]
  },
  drawFamily(chance) {
    const form = chance.fraction()
    const nisba = () => joinSpelled(ARTICLE, chance.pickCommon(NISBA, 2))
    const father = () => chance.pickCommon(GIVEN.man, 2)
    if (form < 0.5) return invariable(nisba())
    if (form < 0.65) return invariable(father())
    if (form < 0.8) return invariable(joinSpelled(chance.pick(KUNYA), father()))
    return invariable(joinSpelled(father(), nisba(), ' '))
  },
  birthplaces: spellings(`
    Damascus|Damaskus|Dimashq|دمشق Aleppo|Halab|حلب Homs|Hims|حمص Bagdad|Baghdad|بغداد Casablanca|Dar_el_Beida|الدار_البيضاء
    Hama|Hamah|حماة Mosul|Mossoul|الموصل Daraa|Deraa|درعا Idlib|Edleb|إدلب Latakia|Lattakia|اللاذقية Basra|Al_Basrah|البصرة
    Deir_ez-Zor|Deir_al-Zour|دير_الزور Raqqa|Ar_Raqqah|الرقة Qamishli|Kamishli|القامشلي Tanger|Tangier|Tanja|طنجة Nador|الناظور
    Al_Hoceima|Alhoceima|الحسيمة Oujda|Oedjda|وجدة Rabat|Ribat|الرباط Algiers|Alger|الجزائر Oran|Wahran|وهران Tripoli|Tarablus|طرابلس
    Caïro|Cairo|Le_Caire|القاهرة Tunis|تونس Khartoem|Khartoum|الخرطوم Kirkuk|Kerkoek|كركوك Erbil|Arbil|أربيل Berkane|بركان`),
  mobile: { prefix: '+96393', digits: 7 },
  registeredOnFirstOfJanuary: 0.14,
}
