// Words that say which way something is to go: on or off, open or shut, more or less. Opposites are said of the same things, so by what
// stands around them they are twins; only a list tells them apart. Data only; written for this project.
export const UP = `
enable activate reactivate open start begin launch restart resume unpause continue unmute increase raise lift boost amplify heighten
louder brighter brighten warmer hotter higher faster add connect unlock unblock unfreeze subscribe illuminate
включи включить включай включите включен включена вруби врубить зажги зажечь открой открыть открывай откройте открыта открыто
отопри отвори раздвинь подними поднять поднимай запусти запустить запускай начни начать стартуй возобнови возобновить продолжи продолжить
увеличь увеличить прибавь прибавить добавь добавить повысь повысить усиль усилить громче ярче теплее выше активируй активировать
подключи подключить разблокируй разблокировать
`;

export const DOWN = `
disable deactivate close stop end finish pause halt cease quit kill decrease reduce lower lessen diminish cut quieter softer slower cooler
colder dim dimmer darken mute silence hush remove delete disconnect lock block freeze unsubscribe
выключи выключить выключай выключите выключен выключена выруби вырубить погаси погасить закрой закрыть закрывай закройте закрыта
закрыто запри задвинь опусти опустить опускай останови остановить стоп прекрати прекратить заверши завершить закончи приостанови
приостановить пауза уменьши уменьшить убавь убавить понизь понизить снизь снизить приглуши тише темнее холоднее ниже убери убрать
удали удалить сотри деактивируй отключи отключить отключай заблокируй заблокировать
`;

/** `turn` and `on` say it together, wherever they stand; `on` alone says nothing. */
export const MOVERS = "turn switch put power bring crank pump roll pull push set";
export const UP_PARTICLES = "on up";
export const DOWN_PARTICLES = "off down";
