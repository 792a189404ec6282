// Words the complexity scorer counts, whole and in lower case. Data only.
/** English verbs that ask for something to be done, in the form of a request. */
export const ENGLISH_VERBS: ReadonlySet<string> = new Set(
  `
add analyse analyze apply approve archive ask assign attach book build buy calculate call cancel change check choose classify clean
close collect compare compile compose compute confirm convert copy count create decline delete deliver deploy describe download
draft edit email estimate evaluate explain export extract fetch fill filter find fix forecast format gather generate get give group
import inform insert invite list load look make mark measure merge monitor move notify open order parse pay pick plan post prepare
print process publish put rank read recalculate reconcile record refund register reject remind remove rename reorder repeat replace
reply report request reserve reset restore return review run save scan schedule search select sell send set share ship show sort
split start stop submit subscribe subtract suggest summarise summarize sum sync take tell test track transfer translate update
upload validate verify watch withdraw write
`
    .trim()
    .split(/\s+/),
);

/** Russian verbs as people ask: infinitive and imperative; `-те` is taken off before the look-up. */
export const RUSSIAN_VERBS: ReadonlySet<string> = new Set(
  `
анализируй анализировать проанализируй проанализировать архивируй архивировать бронируй бронировать забронируй забронировать верни
вернуть внеси внести выбери выбрать выгрузи выгрузить выведи вывести вызови вызвать включи включить выключи выключить вычисли
вычислить вычти вычесть выставь выставить вышли выслать дай дать добавь добавить загрузи загрузить закажи заказать закрой закрыть
замени заменить запиши записать запланируй запланировать заполни заполнить запусти запустить запроси запросить зарегистрируй
зарегистрировать извлеки извлечь измени изменить импортируй импортировать исправь исправить ищи искать купи купить назначь назначить
найди найти напиши написать напомни напомнить настрой настроить начни начать обнови обновить обработай обработать объедини объединить
объясни объяснить одобри одобрить оплати оплатить опиши описать опубликуй опубликовать останови остановить отбери отобрать откажи
отклони отклонить открой открыть отмени отменить отправь отправить отследи отследить отслеживай отслеживать отсортируй отсортировать
отфильтруй отфильтровать оформи оформить оцени оценить очисти очистить переведи перевести перемести переместить перенеси перенести
переименуй переименовать перечисли перечислить печатай печатать распечатай распечатать повтори повторить подбери подобрать подготовь
подготовить подели поделить подключи подключить подпиши подписать подскажи подсказать подтверди подтвердить подыщи подыскать покажи
показать получи получить помоги помочь поменяй поменять посмотри посмотреть посоветуй посоветовать поставь поставить построй построить
посчитай посчитать подсчитай подсчитать пошли послать прибавь прибавить прими принять пригласи пригласить приготовь приготовить
прикрепи прикрепить прикинь прикинуть пришли прислать проверь проверить проверяй проверять продай продать прочитай прочитать прочти
раздели разделить разошли разослать рассчитай рассчитать расскажи рассказать редактируй редактировать зарезервируй зарезервировать
резервируй реши решить сверь сверить сгенерируй сгенерировать сгруппируй сгруппировать сделай сделать делай делать скажи сказать
скачай скачать скопируй скопировать сложи сложить сравни сравнить сократи сократить создай создать собери собрать сообщи сообщить
сортируй сортировать составь составить сохрани сохранить спиши списать спланируй спланировать спроси спросить считай считать сними
снять сформируй сформировать удали удалить удаляй удалять узнай узнать укажи указать умножь умножить уведоми уведомить установи
установить утверди утвердить уточни уточнить экспортируй экспортировать
`
    .trim()
    .split(/\s+/),
);

/** `после` and `after` join two actions; so do the other words here. */
export const CONJUNCTIONS: ReadonlySet<string> = new Set(
  "and then after afterwards и затем потом после".split(" "),
);
export const CONDITIONALS: ReadonlySet<string> = new Set("if when unless если когда".split(" "));
