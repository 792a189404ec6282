// The gazetteer: `русское имя|English name|other spellings`. A city that is missing here is asked for, never guessed.

export const CITIES: readonly string[] = `
Москва|Moscow|мск,msk;
Санкт-Петербург|Saint Petersburg|питер,питера,питере,питеру,питером,спб,петербург,петербурга,петербурге,петербургу,санкт петербург,st petersburg,st. petersburg,petersburg,spb,piter;
Новосибирск|Novosibirsk|нск,новосиб; Екатеринбург|Yekaterinburg|екб,екат,ебург,ekaterinburg,ekb,yekat; Казань|Kazan;
Нижний Новгород|Nizhny Novgorod|ннов,нижний,н новгород,н новгорода,н новгороду,н новгороде,nizhny; Челябинск|Chelyabinsk|челяба; Самара|Samara; Омск|Omsk;
Ростов-на-Дону|Rostov-on-Don|ростов,rostov,рнд; Ростов Великий|Rostov Veliky; Уфа|Ufa; Красноярск|Krasnoyarsk; Воронеж|Voronezh; Пермь|Perm;
Волгоград|Volgograd; Краснодар|Krasnodar|крд; Тюмень|Tyumen; Саратов|Saratov; Тольятти|Tolyatti|togliatti;
Ижевск|Izhevsk; Барнаул|Barnaul; Ульяновск|Ulyanovsk; Иркутск|Irkutsk; Хабаровск|Khabarovsk;
Ярославль|Yaroslavl; Владивосток|Vladivostok|владик,vladik,vdk; Махачкала|Makhachkala; Томск|Tomsk; Оренбург|Orenburg;
Кемерово|Kemerovo; Новокузнецк|Novokuznetsk; Рязань|Ryazan; Астрахань|Astrakhan;
Набережные Челны|Naberezhnye Chelny|челны,челнах,челнов; Пенза|Penza; Липецк|Lipetsk; Киров|Kirov; Чебоксары|Cheboksary;
Тула|Tula; Калининград|Kaliningrad|клд; Балашиха|Balashikha; Курск|Kursk; Севастополь|Sevastopol; Сочи|Sochi;
Адлер|Adler; Ставрополь|Stavropol; Улан-Удэ|Ulan-Ude; Тверь|Tver; Магнитогорск|Magnitogorsk; Иваново|Ivanovo;
Брянск|Bryansk; Белгород|Belgorod; Сургут|Surgut; Владимир|Vladimir; Нижний Тагил|Nizhny Tagil;
Архангельск|Arkhangelsk; Чита|Chita; Калуга|Kaluga; Симферополь|Simferopol; Смоленск|Smolensk;
Волжский|Volzhsky; Курган|Kurgan; Орёл|Oryol|орла,орлу,орле,орлом; Череповец|Cherepovets; Вологда|Vologda;
Владикавказ|Vladikavkaz; Мурманск|Murmansk; Саранск|Saransk; Якутск|Yakutsk; Тамбов|Tambov;
Стерлитамак|Sterlitamak; Грозный|Grozny; Новороссийск|Novorossiysk; Кострома|Kostroma;
Петрозаводск|Petrozavodsk; Таганрог|Taganrog; Комсомольск-на-Амуре|Komsomolsk-on-Amur;
Йошкар-Ола|Yoshkar-Ola; Нальчик|Nalchik; Сыктывкар|Syktyvkar; Нижневартовск|Nizhnevartovsk;
Химки|Khimki|химок; Мытищи|Mytishchi|мытищ; Люберцы|Lyubertsy|люберец; Подольск|Podolsk; Королёв|Korolyov;
Одинцово|Odintsovo; Домодедово|Domodedovo; Шереметьево|Sheremetyevo; Внуково|Vnukovo; Пулково|Pulkovo;
Дзержинск|Dzerzhinsk; Братск|Bratsk; Ангарск|Angarsk; Орск|Orsk; Благовещенск|Blagoveshchensk;
Великий Новгород|Veliky Novgorod; Псков|Pskov; Бийск|Biysk; Прокопьевск|Prokopyevsk; Балаково|Balakovo;
Рыбинск|Rybinsk; Армавир|Armavir; Южно-Сахалинск|Yuzhno-Sakhalinsk|южно сах;
Петропавловск-Камчатский|Petropavlovsk-Kamchatsky; Абакан|Abakan; Норильск|Norilsk; Старый Оскол|Stary Oskol;
Волгодонск|Volgodonsk; Уссурийск|Ussuriysk; Новочеркасск|Novocherkassk; Северодвинск|Severodvinsk;
Миасс|Miass; Альметьевск|Almetyevsk; Нефтекамск|Neftekamsk; Салават|Salavat; Сызрань|Syzran;
Каменск-Уральский|Kamensk-Uralsky; Златоуст|Zlatoust; Электросталь|Elektrostal; Рубцовск|Rubtsovsk;
Находка|Nakhodka; Копейск|Kopeysk; Пятигорск|Pyatigorsk; Кисловодск|Kislovodsk;
Ессентуки|Yessentuki|ессентуков; Железноводск|Zheleznovodsk;
Минеральные Воды|Mineralnye Vody|минвод,минводах,минводы,минеральных вод; Майкоп|Maykop; Черкесск|Cherkessk;
Элиста|Elista; Магас|Magas; Назрань|Nazran; Дербент|Derbent; Каспийск|Kaspiysk; Анапа|Anapa;
Геленджик|Gelendzhik; Туапсе|Tuapse; Ялта|Yalta; Алушта|Alushta; Евпатория|Yevpatoria; Феодосия|Feodosia;
Керчь|Kerch; Судак|Sudak; Красная Поляна|Krasnaya Polyana; Ейск|Yeysk; Магадан|Magadan; Анадырь|Anadyr;
Салехард|Salekhard; Ханты-Мансийск|Khanty-Mansiysk; Новый Уренгой|Novy Urengoy; Ноябрьск|Noyabrsk;
Нефтеюганск|Nefteyugansk; Горно-Алтайск|Gorno-Altaysk; Кызыл|Kyzyl; Биробиджан|Birobidzhan; Воркута|Vorkuta;
Ухта|Ukhta; Обнинск|Obninsk; Серпухов|Serpukhov; Коломна|Kolomna; Дмитров|Dmitrov;
Сергиев Посад|Sergiyev Posad; Суздаль|Suzdal; Выборг|Vyborg; Гатчина|Gatchina; Дубна|Dubna;
Зеленоград|Zelenograd; Иннополис|Innopolis; Сколково|Skolkovo; Арзамас|Arzamas; Муром|Murom;
Елабуга|Yelabuga; Нижнекамск|Nizhnekamsk; Энгельс|Engels; Новошахтинск|Novoshakhtinsk; Шахты|Shakhty|шахт;
Минск|Minsk; Гомель|Gomel; Брест|Brest; Гродно|Grodno; Витебск|Vitebsk; Астана|Astana;
Алматы|Almaty|алма ата,алма аты,алма ате,алма ату; Шымкент|Shymkent; Ташкент|Tashkent; Самарканд|Samarkand;
Бухара|Bukhara; Бишкек|Bishkek; Душанбе|Dushanbe; Ереван|Yerevan; Тбилиси|Tbilisi; Батуми|Batumi; Баку|Baku;
Киев|Kyiv|kiev; Кишинёв|Chisinau; Стамбул|Istanbul; Анкара|Ankara; Анталья|Antalya|анталия,анталии,анталию;
Измир|Izmir; Дубай|Dubai|дубаи; Абу-Даби|Abu Dhabi; Доха|Doha; Тель-Авив|Tel Aviv; Каир|Cairo;
Хургада|Hurghada; Шарм-эль-Шейх|Sharm El Sheikh|шарм; Пекин|Beijing; Шанхай|Shanghai; Гуанчжоу|Guangzhou;
Шэньчжэнь|Shenzhen; Гонконг|Hong Kong; Токио|Tokyo; Осака|Osaka; Сеул|Seoul; Бангкок|Bangkok; Пхукет|Phuket;
Паттайя|Pattaya; Нячанг|Nha Trang; Ханой|Hanoi; Хошимин|Ho Chi Minh City; Сингапур|Singapore;
Денпасар|Denpasar; Мумбаи|Mumbai; Дели|Delhi|new delhi; Лондон|London; Париж|Paris; Ницца|Nice;
Берлин|Berlin; Мюнхен|Munich; Франкфурт|Frankfurt; Гамбург|Hamburg; Вена|Vienna; Прага|Prague;
Варшава|Warsaw; Будапешт|Budapest; Белград|Belgrade; Рим|Rome; Милан|Milan; Венеция|Venice;
Барселона|Barcelona; Мадрид|Madrid; Лиссабон|Lisbon; Амстердам|Amsterdam; Брюссель|Brussels; Цюрих|Zurich;
Женева|Geneva; Стокгольм|Stockholm; Хельсинки|Helsinki; Копенгаген|Copenhagen; Осло|Oslo; Рига|Riga;
Таллин|Tallinn; Вильнюс|Vilnius; Афины|Athens; Тиват|Tivat; Нью-Йорк|New York|nyc; Лос-Анджелес|Los Angeles;
Сан-Франциско|San Francisco; Майами|Miami; Чикаго|Chicago; Торонто|Toronto;
Красногорск|Krasnogorsk; Долгопрудный|Dolgoprudny; Жуковский|Zhukovsky; Раменское|Ramenskoye; Реутов|Reutov; Щёлково|Shchyolkovo;
Ногинск|Noginsk; Орехово-Зуево|Orekhovo-Zuyevo; Невинномысск|Nevinnomyssk; Первоуральск|Pervouralsk; Березники|Berezniki;
Соликамск|Solikamsk; Димитровград|Dimitrovgrad; Арсеньев|Arsenyev; Славянка|Slavyanka; Корсаков|Korsakov;
Холмск|Kholmsk; Советская Гавань|Sovetskaya Gavan|совгавань; Ванино|Vanino; Певек|Pevek; Нарьян-Мар|Naryan-Mar; Апатиты|Apatity;
Североморск|Severomorsk; Шерегеш|Sheregesh; Белокуриха|Belokurikha; Листвянка|Listvyanka; Домбай|Dombay; Архыз|Arkhyz;
Светлогорск|Svetlogorsk; Зеленоградск|Zelenogradsk; Балтийск|Baltiysk; Углич|Uglich; Переславль-Залесский|Pereslavl-Zalessky;
Сортавала|Sortavala; Старая Русса|Staraya Russa; Валдай|Valday; Торжок|Torzhok; Ржев|Rzhev; Гагра|Gagra; Сухум|Sukhum; Витязево|Vityazevo;
Коктебель|Koktebel; Гурзуф|Gurzuf; Бахчисарай|Bakhchisaray; Караганда|Karaganda; Актау|Aktau; Атырау|Atyrau; Актобе|Aktobe;
Павлодар|Pavlodar; Костанай|Kostanay; Усть-Каменогорск|Ust-Kamenogorsk; Туркестан|Turkestan; Наманган|Namangan; Андижан|Andijan;
Фергана|Fergana; Ош|Osh; Ашхабад|Ashgabat; Худжанд|Khujand; Гюмри|Gyumri; Кутаиси|Kutaisi; Гянджа|Ganja; Могилёв|Mogilev; Бобруйск|Bobruisk;
Неаполь|Naples; Турин|Turin; Болонья|Bologna; Палермо|Palermo; Севилья|Seville; Валенсия|Valencia;
Малага|Malaga; Лион|Lyon; Марсель|Marseille; Бордо|Bordeaux; Страсбург|Strasbourg; Кёльн|Cologne; Дюссельдорф|Düsseldorf; Штутгарт|Stuttgart;
Лейпциг|Leipzig; Зальцбург|Salzburg; Краков|Krakow; Гданьск|Gdansk; Братислава|Bratislava; Любляна|Ljubljana; Загреб|Zagreb; Дубровник|Dubrovnik;
Подгорица|Podgorica; Будва|Budva; Варна|Varna; Бургас|Burgas; Бухарест|Bucharest; Салоники|Thessaloniki; Ларнака|Larnaca;
Лимасол|Limassol; Пафос|Paphos; Бодрум|Bodrum; Алания|Alanya; Кемер|Kemer; Белек|Belek; Мармарис|Marmaris; Каппадокия|Cappadocia; Трабзон|Trabzon;
Тегеран|Tehran; Багдад|Baghdad; Амман|Amman; Бейрут|Beirut; Маскат|Muscat; Эр-Рияд|Riyadh; Джидда|Jeddah; Шарджа|Sharjah; Кувейт|Kuwait;
Катманду|Kathmandu; Коломбо|Colombo; Ченнаи|Chennai; Бангалор|Bangalore; Калькутта|Kolkata; Куала-Лумпур|Kuala Lumpur; Джакарта|Jakarta;
Манила|Manila; Пномпень|Phnom Penh; Тайбэй|Taipei; Чэнду|Chengdu; Харбин|Harbin; Далянь|Dalian; Циндао|Qingdao; Тяньцзинь|Tianjin; Урумчи|Urumqi;
Санья|Sanya; Пусан|Busan; Саппоро|Sapporo; Киото|Kyoto; Нагоя|Nagoya; Фукуока|Fukuoka; Улан-Батор|Ulaanbaatar; Найроби|Nairobi; Кейптаун|Cape Town;
Марракеш|Marrakesh; Тунис|Tunis; Рио-де-Жанейро|Rio de Janeiro; Буэнос-Айрес|Buenos Aires; Мехико|Mexico City; Канкун|Cancun;
Гавана|Havana; Монреаль|Montreal; Ванкувер|Vancouver; Бостон|Boston; Сиэтл|Seattle; Лас-Вегас|Las Vegas; Мельбурн|Melbourne;
Сидней|Sydney; Рейкьявик|Reykjavik; Дублин|Dublin; Эдинбург|Edinburgh; Манчестер|Manchester; Антверпен|Antwerp; Роттердам|Rotterdam;
Люксембург|Luxembourg; Базель|Basel; Берген|Bergen; Тромсё|Tromso; Тампере|Tampere; Тарту|Tartu; Каунас|Kaunas; Вроцлав|Wroclaw; Брно|Brno;
Карловы Вары|Karlovy Vary`
  .split(";")
  .map((row) => row.trim());

export const REGIONS: readonly string[] = `
Россия|Russia; Подмосковье|Moscow region; Московская область||мособласть,мособл; Ленинградская область||ленобласть,ленобл; Татарстан|Tatarstan; Башкортостан|Bashkortostan;
Башкирия|Bashkiria; Дагестан|Dagestan; Чечня|Chechnya|чечне; Крым|Crimea|крыму; Карелия|Karelia; Коми|Komi;
Якутия|Yakutia; Бурятия|Buryatia; Адыгея|Adygea; Хакасия|Khakassia; Тыва|Tuva; Удмуртия|Udmurtia;
Мордовия|Mordovia; Чувашия|Chuvashia; Калмыкия|Kalmykia; Ингушетия|Ingushetia; Северная Осетия|North Ossetia;
Кабардино-Балкария|Kabardino-Balkaria; Алтай|Altai; Камчатка|Kamchatka; Сахалин|Sakhalin; Приморье|Primorye;
Кубань|Kuban; Сибирь|Siberia; Урал|Ural; ХМАО|; ЯНАО|; Абхазия|Abkhazia; Беларусь|Belarus;
Казахстан|Kazakhstan; Узбекистан|Uzbekistan; Армения|Armenia; Грузия|Georgia; Азербайджан|Azerbaijan;
Турция|Turkey; Египет|Egypt|египта,египте,египту; ОАЭ|UAE; Таиланд|Thailand; Вьетнам|Vietnam; Китай|China;
Япония|Japan; Корея|Korea; Индия|India; Шри-Ланка|Sri Lanka; Мальдивы|Maldives|мальдив; Бали|Bali; Гоа|Goa;
Кипр|Cyprus; Греция|Greece; Италия|Italy; Испания|Spain; Франция|France; Германия|Germany; Сербия|Serbia;
Черногория|Montenegro; Куба|Cuba; Израиль|Israel`
  .split(";")
  .map((row) => row.trim());

/** Airports and cities by their code, which counts in capitals only: "led" is a word. */
export const AIRPORTS: ReadonlyMap<string, string> = new Map(
  `Москва=MOW,SVO,DME,VKO Санкт-Петербург=LED Сочи=AER Владивосток=VVO Хабаровск=KHV Южно-Сахалинск=UUS Новосибирск=OVB
  Екатеринбург=SVX Казань=KZN Краснодар=KRR Калининград=KGD Иркутск=IKT Ростов-на-Дону=ROV Уфа=UFA Самара=KUF Пермь=PEE
  Челябинск=CEK Тюмень=TJM Омск=OMS Красноярск=KJA Мурманск=MMK Стамбул=IST Дубай=DXB Ереван=EVN Тбилиси=TBS Ташкент=TAS
  Минск=MSQ Бангкок=BKK Пхукет=HKT Пекин=PEK`
    .split(/\s+/)
    .flatMap((row) => {
      const [city = "", codes = ""] = row.split("=");
      return codes.split(",").map((code) => [code, city] as const);
    }),
);

/** Names that are also common words or people: small letters without a preposition are not a place. */
export const AMBIGUOUS_PLACES: ReadonlySet<string> = new Set(
  "нижний нижнего нижнему нижнем орел орла владимир владимира владимиру владимиром киров грозный королев ростов дели nice находка находки находку находке находкой шахты шахт судак судака адлер энгельс turkey куба кубе шарм".split(
    " ",
  ),
);
