// Verbs that ask to change something, in the forms of a wish, and nouns that do (`возврат`). A request with one that a skill never
// mentions is not for this skill, however well its nouns fit: `cancel my flight` is not a search for flights. Data only.
export const EFFECT_VERBS = `
accept add adjust appeal approve archive combine assign attach block book buy call cancel change charge close complain confirm connect copy
create deactivate decline decrease delete deliver deploy deposit disable disconnect dispute dismiss download drop edit email enable
erase forecast forward freeze hire import increase insert install insure invite issue keep launch leave lend lower merge message modify move notify open order pay play
post predict print publish purchase push raise reboot record redeem refund register reject remind remove rename renew rent repair rewrite
replace reply report reschedule reserve reset restart restore return revoke schedule sell send set share ship sign sing start stop
submit subscribe switch teach text translate transfer turn uninstall unlock unblock unsubscribe update upgrade upload withdraw write верни
вернуть возврати возвратить включи включить вызови вызвать выключи выключить выложи выложить выпиши выписать выставь выставить добавь
добавить закажи заказать закрой закрыть замени заменить запиши записать заплати заплатить запусти запустить зарегистрируй
зарегистрировать заблокируй заблокировать перекинь перекинуть перечисли перечислить перешли переслать забронируй забронировать измени
изменить исправь исправить купи купить назначь назначить напиши написать напомни напомнить настрой настроить обнови обновить одобри
одобрить оплати оплатить опубликуй опубликовать останови остановить отключи отключить отклони отклонить откажись отказаться открой
открыть отмени отменить отправь отправить оформи оформить очисти очистить пожалуйся пожаловаться перевыпусти перезагрузи перезапусти
перенеси перенести переименуй переименовать переведи перевести подай подать подключи подключить подними поднять подпиши подписать
подтверди подтвердить позвони позвонить поменяй поменять понизь понизить поставь поставить построй построить почини починить приготовь
приготовить прими принять пригласи пригласить продай продать продли продлить разошли разослать сбрось сбросить свари сварить скопируй
скопировать снизь снизить создай создать сними снять сохрани сохранить спой спеть сотри стереть удали удалить убери убрать увеличь
увеличить уменьши уменьшить установи установить возврат восстанови восстановить оспорь оспорить отзови отозвать заморозь заморозить
поправь поправить перепиши переписать прикрепи прикрепить распечатай распечатать доставь привези привезти обжалуй обжаловать разбуди
разбудить разблокируй разблокировать утверди утвердить скачай скачать загрузи загрузить пошли послать застрахуй застраховать спрогнозируй
спрогнозировать объедини объединить сдай сдать научи научить найми нанять уволь уволить оставь оставить
`;
