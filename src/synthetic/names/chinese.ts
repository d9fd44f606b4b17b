import { invariable, type Origin } from './origin.ts'
import { joinSpelled, type Spelled, spellings } from './spelled.ts'

/** Pinyin, then Cantonese, Wade-Giles or Hokkien spellings of the same character, then the character. */
const FAMILIES = spellings(`
  Wang|Wong|Ong|王 Li|Lee|Lei|李 Zhang|Chang|Cheung|张 Liu|Lau|Liew|刘 Chen|Chan|Tan|陈 Yang|Yeung|杨 Huang|Wong|Hwang|黄 Zhao|Chao|Chiu|赵
  Wu|Ng|Goh|吴 Zhou|Chow|Chou|周 Xu|Hsu|Tsui|徐 Sun|Suen|孙 Ma|Mah|马 Zhu|Chu|朱 Hu|Wu|胡 Guo|Kuo|Kwok|郭 He|Ho|Hor|何 Lin|Lam|Lim|林
  Gao|Kao|Ko|高 Luo|Lo|Law|罗 Zheng|Cheng|Cheang|郑 Liang|Leung|梁 Xie|Hsieh|Tse|谢 Song|Sung|宋 Tang|Tong|唐 Deng|Teng|Tang|邓 Han|Hon|韩
  Feng|Fung|冯 Cao|Tsao|Cho|曹 Peng|Pang|彭 Zeng|Tseng|Tsang|曾 Xiao|Hsiao|Siu|肖 Tian|Tien|Tin|田 Dong|Tung|董 Pan|Poon|潘 Yuan|Yuen|袁
  Cai|Tsai|Choi|蔡 Jiang|Chiang|Cheung|蒋 Yu|Yue|余 Du|Tu|To|杜 Ye|Yeh|Yip|叶 Cheng|Ching|程 Wei|Ngai|魏 Su|So|苏 Lu|Lui|吕 Ding|Ting|丁
  Ren|Jen|Yam|任 Yao|Yiu|姚 Lu|Lo|卢 Fu|Foo|傅 Zhong|Chung|钟 Cui|Tsui|崔 Tan|Tam|谭 Liao|Liu|廖 Fan|Faan|范 Jin|Chin|Kam|金 Shi|Shih|石`)

const SYLLABLES = {
  vrouw: spellings(`
    Mei|Mui|美 Li|Lai|丽 Fang|Fong|芳 Yan|Yin|燕 Hong|Hung|红 Xia|Ha|霞 Juan|Chuan|娟 Ying|Ying|英 Na|Nah|娜 Jing|Ching|静 Min|Man|敏
    Xiu|Sau|秀 Ling|Ling|玲 Yun|Wan|云 Hua|Wah|华 Lan|Laan|兰 Xue|Suet|雪 Yu|Yuk|玉 Qin|Kam|琴 Zhen|Chun|珍 Ping|Peng|萍 Hui|Wai|慧 Qing|Ching|青
    Jia|Ka|佳 Xin|Yan|欣 Yi|Yee|怡 Ting|Ting|婷 Rui|Sui|瑞 Yue|Yuet|月 Xiang|Heung|香 Chun|Chun|春 Ai|Oi|爱 Feng|Fung|凤 Xiao|Siu|小 Dan|Tan|丹`),
  man: spellings(`
    Wei|Wai|伟 Jun|Chun|军 Yong|Yung|勇 Jie|Kit|杰 Tao|To|涛 Ming|Ming|明 Chao|Chiu|超 Gang|Kong|刚 Ping|Peng|平 Hui|Fai|辉 Peng|Pang|鹏 Hua|Wah|华
    Fei|Fai|飞 Bo|Por|波 Bin|Pan|斌 Long|Lung|龙 Liang|Leung|亮 Jian|Kin|建 Guo|Kwok|国 Wen|Man|文 Zhi|Chi|志 Hai|Hoi|海 Qiang|Keung|强 Lei|Lui|磊
    Feng|Fung|峰 Xiao|Siu|晓 Dong|Tung|东 Yu|Yue|宇 Hao|Ho|浩 Xin|San|新 Sheng|Shing|胜 Rong|Wing|荣 Fu|Fuk|福 De|Tak|德 Cheng|Shing|成 Lin|Lam|林`),
}

/** Two syllables are one name; it is written in one word, in two, or with a hyphen. */
function joinSyllables(first: Spelled, second: Spelled): Spelled {
  const low: Spelled = { latin: [second.latin[0].toLowerCase()], native: second.native }
  const oneWord = joinSpelled({ latin: [first.latin[0]], native: first.native }, low)
  const others = [joinSpelled(first, second, ' '), joinSpelled(first, second, '-')].flatMap(({ latin }) => latin)
  return { latin: [...oneWord.latin, ...others] as unknown as Spelled['latin'], native: oneWord.native }
}

export const chinese: Origin = {
  id: 'chinees',
  share: 7,
  nationalities: ['CN', 'CN', 'CN', 'CN', 'CN', 'HK', 'TW'],
  drawGiven(chance, sex) {
    const first = chance.pickCommon(SYLLABLES[sex], 1)
    return [chance.happens(0.2) ? first : joinSyllables(first, chance.pick(SYLLABLES[sex]))]
  },
  drawFamily: (chance) => invariable(chance.pickCommon(FAMILIES, 2)),
  birthplaces: spellings(`
    Fujian|Fukien|福建 Wenzhou|Wenchow|温州 Fuzhou|Foochow|福州 Zhejiang|Chekiang|浙江 Guangdong|Kwangtung|Canton|广东 Qingtian|Tsingtien|青田
    Shanghai|Sjanghai|上海 Beijing|Peking|北京 Shenyang|沈阳 Harbin|Charbin|哈尔滨 Hongkong|Hong_Kong|香港 Henan|Honan|河南 Shandong|Shantung|山东
    Chengdu|Chengtu|成都 Wuhan|武汉 Changle|长乐 Fuqing|福清 Ürümqi|Urumqi|乌鲁木齐 Kashgar|Kashi|喀什 Xi'an|Xian|Sian|西安 Taipei|Taibei|台北`),
  mobile: { prefix: '+8613', digits: 9 },
  registeredOnFirstOfJanuary: 0.01,
}
