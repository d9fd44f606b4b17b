import { invariable, type Origin } from './origin.ts'
import { joinSpelled, spellings } from './spelled.ts'

const GIVEN = {
  vrouw: spellings(`
    Maria Johanna|Joanna Anna|Ana Sanne|Sanna Lisa|Liza Laura Sophie|Sofie|Sofi Emma|Ema Julia|Yulia Eva Lotte|Lotta Anouk|Anoek
    Kim Iris Femke|Femka Fleur Roos|Rosa Lieke Sara|Sarah Naomi|Noemi Esmee|Esmée Demi|Demy Romy|Romi Britt|Brit Chantal|Shantal
    Mandy|Mandi Priscilla|Priscila Wendy|Wendie Daphne|Dafne Nicole|Nikol Manon Charlotte|Sjarlot Elisabeth|Elizabeth Cornelia
    Hendrika Wilhelmina Petronella Margaretha|Margareta Geertruida Aaltje Marijke|Marieke Ingrid Monique|Monik Yvonne|Ivon
    Astrid Petra Sandra Linda Esther|Ester Mirjam|Miriam Jolanda|Yolanda Saskia Tamara Sabrina Melissa|Melisa Vanessa|Vanesa
    Jacqueline|Jaqueline Danielle|Daniëlle|Danielle Rianne|Riann Tessa Nina Noor|Nora Fenna Jasmijn|Yasmine Isabel|Isabelle
    Marit Silke Maaike|Maaike Annemarie|Anne-Marie Marjolein|Marjolijn Willemijn Hanneke Ilse|Ilsa Jitske Froukje Nynke
    Tjitske Hilde Katja|Katia Rosalie Mila Tess Zoë|Zoe Nova Evi|Evy Yara Liv Saar Milou|Milou Bo Puck Guusje Pien Jet`),
  man: spellings(`
    Johannes|Joannes Jan Cornelis|Kornelis Daan Thomas|Tomas Tim|Timm Lars Sem|Sam Lucas|Lukas Bram Jesse|Jessy Ruben|Reuben
    Thijs|Tijs Sander|Xander Niels|Nils Jeroen|Jerome Mark|Marc Erik|Eric Peter|Pieter Hendrik|Henrik Willem|Wilem Jacobus|Jacob
    Gerrit|Gerard Dirk|Dirck Maarten|Martin Wouter|Walter Bart Koen|Coen Joost Stefan|Stephan Rick|Rik Kevin|Kevyn Dennis|Denis
    Mike|Maik Danny|Dani Roy Patrick|Patrik Ricardo|Rikardo Michael|Michaël|Maikel Robin Jordy|Jordi Nick|Nik Luuk|Luc Finn|Fin
    Milan Levi|Levy Noah|Noa James Liam Mees Jens|Yens Gijs|Gijsbert Floris Jurre Tygo|Tijgo Dylan|Dilan Stijn Hugo Casper|Kasper
    Olaf Pim Teun Siem Boaz Mats Morris|Maurice Vince|Vins Jelle Sybren Wiebe Douwe Sjoerd Anton|Antoon Frans|Frank Theo Hans
    Ronald Marcel|Marsel Rob Ben|Bernard Arjan|Arjen Joris|Georg Bas Jasper Simon|Siemon David Daniel|Daniël Alexander Nathan`),
}

const SURNAMES = `
  de_Jong Jansen|Janssen|Jansens de_Vries van_den_Berg|Berg|Bergh van_Dijk|Dijk|Dyk Bakker|Backer Janssen|Jansen Visser|Visscher
  Smit|Smits Meijer|Meyer|Meier de_Boer|Boer Mulder|Muller de_Groot Bos|Bosch Vos|Vosch Peters|Peeters Hendriks|Hendrikx van_Leeuwen
  Dekker|Decker Brouwer de_Wit|Wit|Witt Dijkstra|Dykstra Smits de_Graaf|Graaf|Graaff van_der_Meer van_der_Linden|Linden Kok|Kock
  Jacobs de_Haan Vermeulen|Vermeulen van_den_Heuvel van_der_Veen van_den_Broek|Broek|Broeck Schouten|Schoute de_Bruijn|Bruijn|Bruin
  van_der_Heijden|Heijden|Heyden Willems|Wilms van_Vliet van_Beek|Beek|Beeck Hoekstra Maas|Maes Verhoeven|Verhoeve Koster|Coster
  van_Dam Prins van_der_Wal Blom|Bloem Huisman|Huysman Peeters|Peters Kuipers|Kuypers van_Veen Kuiper|Kuyper Veenstra Post Kramer
  Postma Martens|Maertens Gerritsen|Gerritse van_Wijk|Wijk|Wyk van_der_Velde|Velde Driessen van_den_Bosch|Bosch|Bos Groen Timmermans
  van_Loon Mol Verbeek|Verbeeck Willemsen|Willemse Jonker van_Schaik|Schaik|Schaick Scholten|Scholte Evers Bosman Hofman|Hoffman
  Zwart Koning|Coning Verkerk Hermans Sanders|Zanders Molenaar Bosma Kooistra Haan Wolters Vink Terpstra Bouma Wiersma Schipper
  Rietveld in_'t_Veld ter_Horst ten_Brink|Brink op_den_Camp|Camp|Kamp van_'t_Hof uit_den_Bogaard van_Eijk|Eijk|Eyk Kaya Pinas
  Bouterse Wijngaarde Hasselbaink Martina Croes Geerman Ramdin|Ramdien Baldewsingh|Baldewsing Sewnarain Latupeirissa Tahitu`

const PARTICLES = /^((?:van|de|der|den|het|'t|ter|ten|in|op|uit|te)(?: (?:van|de|der|den|het|'t))*) (.+)$/

// The particle stands before the usual spelling only; the others belong to what follows it.
const FAMILIES = SURNAMES.trim()
  .split(/\s+/)
  .map((entry) => {
    const match = PARTICLES.exec(entry.replaceAll('_', ' '))
    return match ? invariable(spellings(match[2]!)[0]!, match[1]) : invariable(spellings(entry)[0]!)
  })

/** The long tail of surnames: two thirds of them name a place. */
const LANDSCAPE = spellings(`
  Ooster Wester|Westen Noorder Zuider Boven Neder|Neer Oude|Oud Nieuwen|Nieuw Groene Hoge|Hooge Lange Kort Diepen Zand|Sand
  Steen|Sten Water Berk Eiken|Eyken Beuken Linden Elzen|Elsen Wilgen Rozen|Roosen Molen|Meulen Kerk Klooster Kruis|Cruys Konings
  Hertog Ridder Wolf|Wolff Vossen Haze|Haas Zwanen Raven Valken Brand Schapen Koe Varken Ganze Spoor Schut Slot Kamer`)
const SETTLEMENT = spellings(`
  huis|huijs veld|velt kamp|camp berg|bergh dijk|dyk meer brink hof|hoff laar|laer burg|burgh broek|broeck horst stra|stra man|mans
  beek|beeck wijk|wyk bosch|bos dal|dael haar hout kerk|kerke poel donk waard|waert`)

export const dutch: Origin = {
  id: 'nederlands',
  share: 26,
  nationalities: ['NL', 'NL', 'NL', 'NL', 'SR', 'DE', 'BE'],
  drawGiven(chance, sex) {
    const count = 1 + Number(chance.happens(0.45)) + Number(chance.happens(0.2))
    return Array.from({ length: count }, () => chance.pickCommon(GIVEN[sex], 2))
  },
  drawFamily(chance) {
    if (chance.happens(0.5)) return chance.pickCommon(FAMILIES, 2)
    const name = joinSpelled(chance.pick(LANDSCAPE), chance.pick(SETTLEMENT))
    return invariable(
      name,
      chance.happens(0.3) ? chance.pick(['van', 'van de', 'van der', 'van den', 'ten']) : undefined,
    )
  },
  birthplaces: spellings(`
    Amsterdam Rotterdam 's-Gravenhage|Den_Haag Utrecht Eindhoven Groningen Paramaribo Tilburg Almere Breda Nijmegen|Nymegen
    Enschede Apeldoorn Haarlem Arnhem Zaanstad|Zaandam Amersfoort 's-Hertogenbosch|Den_Bosch Hoofddorp Zwolle Leiden|Leyden
    Maastricht Dordrecht Ede Alphen_aan_den_Rijn|Alphen Leeuwarden Alkmaar Emmen Delft Venlo Deventer Sittard Helmond Hilversum
    Heerlen Oss Amstelveen Hengelo Roosendaal|Rosendaal Purmerend Schiedam Lelystad Vlissingen Assen Gouda Willemstad|Curaçao`),
  mobile: { prefix: '+49151', digits: 8 },
  registeredOnFirstOfJanuary: 0.003,
}
