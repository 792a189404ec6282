// Words of everyday requests that say little about their topic, most common first. Data only; written for this project.
export const COMMON_WORDS = `
i a the to you me my is of in for and it what on can how do 0 please this that with are have need want be at from not if or by
when get will your any all there so was just about would could should which where who why does did has had we us our they them he she
his her its as an but up out no yes am im id ive whats hows lets let tell show give make find know see look help use go take put
now today tomorrow yesterday time day week month year one two some more most much many new last next first also still only very
really too than then here like way thing something anything someone been being were may might must shall ok hi hello hey thanks
thank sorry dont doesnt didnt cant wont isnt arent kindly possible able between into after before again over under while because
я не в на и что мне мой с у по для как это из за к от до о об а но или ли есть быть то же бы так да нет вы ты мы он она они оно
мы мои моя мое моего моей моих нам нас вам вас тебе меня мной свой своя свои себе его ее их ему ей им этот эта эти этого того тот та те
какой какая какие какое каких сколько где когда кто чем чего чему почему зачем куда откуда который которые можно можешь можете нужно
надо нужен нужна хочу хотел хотела бы хотелось прошу пожалуйста давай покажи показать скажи сказать сделай сделать дай дать найди найти
помоги узнать знать посмотри посмотреть сейчас сегодня завтра вчера день неделя месяц год время раз один два три все всё весь всех
еще уже только если чтобы при без про над под между через после перед очень более больше меньше самый новый последний следующий
там тут здесь потом тоже также либо просто вот ну привет здравствуйте спасибо ладно хорошо будет было были был буду стал может
пусть могу мочь нельзя лишь ведь даже хоть какой-то что-то
`;
