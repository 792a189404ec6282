// Requests of many topics, to see what "no skill for this" looks like in a catalogue. The few that a catalogue does serve are outvoted.
// Data only; written for this project.
export const FOREIGN_REQUESTS: readonly string[] = `
what is the weather like tomorrow; tell me a joke; play a slow blues; set an alarm for seven in the morning;
who won the football match yesterday; how tall is mount everest; write a poem about autumn; turn off the lights in the kitchen;
what is the capital of australia; how do i cook borscht; remind me to call my mother; translate good morning into japanese;
what is the meaning of life; order a large pizza; how many calories are in a banana; reset my password; where is my parcel;
book a table for two tonight; what films are on at the cinema; how do i fix a flat tyre; explain quantum entanglement;
send an email to my boss; how old are you; what time is it in tokyo; who wrote war and peace; recommend a good book;
my computer will not start; find a plumber near me; cancel my subscription; what should i wear today; how do i learn the guitar;
solve this equation for x; write a script that renames files; add milk to my shopping list; what are the symptoms of flu;
how do i get to the nearest underground station; why is the sky blue; draw a picture of a cat; sing me a song;
when is easter this year; how do i apply for a passport; what is my horoscope; call a taxi to the office; open the garage door;
how much is a new phone; what did the president say; give me tips to sleep better; schedule a dentist appointment; i feel lonely;
what is the square root of 144; describe the french revolution; how do i train a dog; pay my electricity bill;
transfer money to my brother; is the pharmacy open on sunday; which team do you support; change the language to german;
how do i grow tomatoes; what is the speed of light; post this photo to my page; approve my vacation days;
file a complaint about the neighbour; sign me up for a yoga class; print the attached photo; scan this room for viruses;
restart the server; merge these two branches; deploy the site to production; why is my internet so slow; block this phone number;
order flowers for my wife; how do i become an astronaut; convert this video to mp4; what is the best diet for runners;
mute all notifications; register a new company; who is the richest person alive; teach me chess openings; compose a wedding speech;
make a reservation at the barber; find me a girlfriend; how far is the moon; read me the news; start the washing machine;
lock the front door; what does my dream mean; my dog is sick what should i do; how do i remove a wine stain;
give me the recipe for pancakes; when was the roman empire founded; hire a driver for tomorrow; renew my driving licence;
check my blood pressure; invite anna to the meeting; upload the presentation to the cloud; change my password and user name;
what are the lottery numbers; predict who wins the election; i want to speak to a human;  
 turn the volume down; take a picture; shuffle my playlist; how many people live in india;
name three african rivers; spell the word necessary; find a rhyme for moon; is it going to snow;
help me with my homework in biology; refund the last order; activate my credit card; increase my credit limit;
report a stolen wallet; what is your return policy; do you ship to canada; where can i charge my electric car;
is there a gym in the building; update the operating system; how long should i boil eggs; what goes well with salmon;
how do i get rid of ants; help me lose weight; write a birthday card for my aunt; think of a name for my shop; rename this folder;
fix this error in my code; explain this regular expression; write unit tests for this class; center a div with css;
what is the difference between tcp and udp; install the printer driver; my screen is flickering; turn down the heating;
is the oven off; open the blinds; how do i change a tyre; what is the fastest animal; when did the war end;
how many bones does a human have; translate this sentence into french; how do you say thank you in spanish;
what does this word mean; who sings this song; recommend a series to watch; buy concert tickets; what is the score of the game;
when does the shop close; my back hurts; is it safe to take aspirin; make an appointment with the doctor;
what vitamins should i take; help my son with his maths; read a story to my daughter; write a cover letter for me;
how do i ask for a raise; fire the night guard; vote for me; how do i apply for a mortgage; lend me some money;
send money to my friend; top up my phone; freeze my card; dispute a charge on my card; what is my account balance;
buy bitcoin for me; will the market fall next week; cancel the meeting; add this to my calendar; take notes for me;
record this call; share my screen; unsubscribe me from this list; change my address; track my run; where did i park; lock my phone;
take me home; do my laundry; feed the cat; какая завтра погода; рассмеши меня шуткой; включи что-нибудь спокойное;
разбуди меня в половине восьмого; кто выиграл вчера в футбол; какая высота у эвереста; напиши стихотворение про осень;
погаси лампу в коридоре; столица австралии; как сварить борщ; напомни позвонить маме; переведи доброе утро на японский;
в чем смысл жизни; закажи большую пиццу; сколько калорий в банане; сбрось мой пароль; где моя посылка;
забронируй столик на двоих на вечер; что идет в кино; как починить пробитое колесо; объясни квантовую запутанность;
отправь письмо начальнику; сколько тебе лет; который час в токио; кто написал войну и мир; посоветуй хорошую книгу;
у меня не включается компьютер; найди сантехника рядом; отмени мою подписку; что мне сегодня надеть;
как научиться играть на гитаре; реши уравнение; напиши скрипт который переименует файлы; добавь молоко в список покупок;
какие симптомы у гриппа; как доехать до ближайшего метро; почему небо голубое; нарисуй кота; спой песню; когда пасха в этом году;
как получить загранпаспорт; мой гороскоп на сегодня; вызови такси до офиса; открой гараж; сколько стоит новый телефон;
что сказал президент; как лучше высыпаться; запиши меня к стоматологу; мне одиноко; корень из ста сорока четырех;
расскажи о французской революции; как дрессировать собаку; оплати счет за электричество; переведи деньги брату;
аптека работает в воскресенье; за какую команду ты болеешь; смени язык на немецкий; как вырастить помидоры;
чему равна скорость света; опубликуй это фото на странице; согласуй мой отпуск; пожалуйся на соседа; запиши меня на йогу;
распечатай фотографию; проверь компьютер на вирусы; перезагрузи сервер; слей две ветки; выкати сайт на прод;
почему так медленно работает интернет; заблокируй этот номер телефона; закажи цветы жене; как стать космонавтом;
сконвертируй видео в mp4; какая диета подходит бегунам; отключи уведомления; зарегистрируй новую фирму; кто самый богатый человек;
научи меня играть в шахматы; напиши тост на свадьбу; запиши к парикмахеру; найди мне девушку; сколько лететь до луны;
прочитай новости; включи стиральную машину; закрой входную дверь; что означает мой сон; заболела собака что делать;
как вывести пятно от вина; дай рецепт блинов; когда была основана римская империя; найми водителя на завтра;
продли водительские права; измерь давление; пригласи аню на встречу; загрузи презентацию в облако; смени пароль и логин;
какие числа выпали в лотерее; кто победит на выборах; хочу поговорить с человеком; ты живой или программа; 
 сделай потише; сфотографируй меня; перемешай плейлист; сколько людей живет в индии; назови три реки в африке;
как пишется слово необходимый; подбери рифму к слову любовь; будет ли завтра снег; помоги с домашкой по биологии;
верни деньги за последний заказ; активируй банковскую карту; увеличь кредитный лимит; у меня украли кошелек;
какие у вас условия возврата; вы доставляете в канаду; где зарядить электромобиль; есть ли в здании спортзал;
обнови операционную систему; сколько варить яйца; что подать к лососю; как избавиться от муравьев; помоги похудеть;
напиши открытку тете на день рождения; придумай название магазину; переименуй эту папку; исправь ошибку в моем коде;
объясни это регулярное выражение; напиши тесты для этого класса; как отцентровать блок в css; чем tcp отличается от udp;
установи драйвер принтера; у меня мигает экран; убавь отопление; выключена ли духовка; открой жалюзи; как поменять колесо;
какое животное самое быстрое; когда кончилась война; сколько костей у человека; переведи это предложение на французский;
как по-испански спасибо; что значит это слово; кто поет эту песню; посоветуй сериал на вечер; купи билеты на концерт;
какой счет в игре; до скольки работает магазин; у меня болит спина; можно ли пить аспирин; запиши к врачу;
какие витамины принимать; помоги сыну с математикой; почитай дочке сказку; напиши за меня сопроводительное письмо;
как попросить прибавку; уволь охранника; проголосуй за меня; как взять ипотеку; одолжи денег; скинь другу денег на карту;
пополни мой телефон; заморозь мою карту; оспорь списание с карты; какой у меня баланс; купи мне биткоин;
упадет ли рынок на следующей неделе; отмени встречу; добавь это в календарь; законспектируй созвон; запиши этот разговор;
покажи мой экран; отпиши меня от рассылки; удали мою учетную запись; поменяй мой адрес; засеки мою пробежку; где я припарковался;
заблокируй мой телефон; отвези меня домой; постирай белье; покорми кота
`
  .split(";")
  .map((text) => text.trim());

/** Talk that asks for nothing. Its words are everybody's, so they are no sign that a skill serves it. */
export const SMALL_TALK: readonly string[] = `
good morning how are you; доброе утро как дела; morning everyone; good day to you; are you a robot; thank you that was great; спасибо все отлично;
hi there; hello; hey how are you; how is it going; how are you doing today; what's up; good evening; good night;
good afternoon everyone; have a nice day; happy new year; nice to meet you; bye; see you tomorrow; see you later; thanks a lot;
thank you that is all; ok great; cool; never mind; you are the best; well done; sorry my mistake; what exactly are you;
who made you; what is your name; where do you live; do you like your work; are you a human; do you ever get tired;
tell me about yourself; how was your weekend; i am tired today; i am so happy; i love you; you are stupid; that is funny;
test test; привет; здравствуйте; привет как ты; как дела сегодня; как жизнь; как настроение; как поживаешь; что нового;
добрый вечер; доброе утро; добрый день всем; спокойной ночи; хорошего дня; с новым годом; приятно познакомиться; пока; до завтра;
увидимся позже; спасибо большое; спасибо больше ничего не надо; ок отлично; круто; неважно забудь; ты лучший; молодец;
извини ошибся; кто ты такой; кто тебя создал; как тебя зовут; где ты живешь; тебе нравится работать; ты человек;
ты когда-нибудь спишь; расскажи о себе; как прошли выходные; я сегодня устал; у меня хорошее настроение; я тебя люблю; ты глупый;
смешно; проверка связи
`
  .split(";")
  .map((text) => text.trim());
