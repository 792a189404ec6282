// First names people call each other by: that somebody is named says something of a request (`переведи Маше 5000`), who it is does not.
// Left out are names that are words (`Вера`, `Лев`, `mark`, `bill`). Data only; written for this project.
export const FIRST_NAMES = `
александр саша алексей леша анатолий андрей антон артем борис боря вадим валентин валера василий вася виктор витя виталий вячеслав
геннадий георгий григорий гриша данил денис дмитрий дима евгений женя егор иван ваня игорь илья кирилл константин костя леонид максим
михаил миша никита николай коля олег павел паша петр петя роман рома руслан семен сергей сережа серега станислав степан тимур федор юрий
юра ярослав
александра алина алла алена анастасия настя анна аня валентина валерия виктория вика галина галя дарья даша екатерина катя елена лена
елизавета лиза жанна зоя инна ирина ира ксения лариса людмила люда маргарита мария маша наталья наташа нина оксана ольга оля полина
светлана света софья таня татьяна тамара ульяна юлия юля яна
adam alex alice amy andrew anna anthony ben bob brian carol charles chris daniel david diana emily emma eric george helen henry jack
james jane jennifer jessica john julia kate kevin laura linda lisa lucy maria mary matthew michael mike monica nancy nick oliver olivia
paul peter rachel richard robert sam sarah scott sophie steve susan thomas tom victoria william
`;
