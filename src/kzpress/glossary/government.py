"""What words beside a name ask of its form: Russian prepositions and adjectives, Kazakh postpositions. Data alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kzpress.glossary.model import Case
from kzpress.speech import _

if TYPE_CHECKING:
    from collections.abc import Mapping


def _by_word(*rows: tuple[str, tuple[Case, ...]]) -> Mapping[str, tuple[Case, ...]]:
    return {word: cases for words, cases in rows for word in words.split()}


# Russian prepositions by the cases they govern, the likelier after the name of an institution first; uses in which
# no name stands (с апреля по август, ростом с дом) are left out.
PREPOSITIONS: Final = _by_word(
    ("от из у для до без против около ради вокруг среди кроме помимо вместо стороны", (Case.GEN,)),
    (
        "близ возле вдоль накануне из-за из-под относительно касательно насчет внутри вне после ввиду вследствие",
        (Case.GEN,),
    ),
    ("к ко благодаря согласно вопреки навстречу", (Case.DAT,)),
    ("по", (Case.DAT, Case.LOC)),
    ("в во на", (Case.LOC, Case.ACC)),
    ("о об обо при", (Case.LOC,)),
    ("с со", (Case.INS, Case.GEN)),
    ("за под", (Case.ACC, Case.INS)),
    ("над перед между", (Case.INS,)),
    ("через про сквозь", (Case.ACC,)),
)
# These are also adverbs, nouns or verbs that govern nothing: "Позже, после Казахстан поддержал…".
NOT_ONLY_PREPOSITIONS: Final = _by_word(
    ("против около вокруг стороны относительно касательно внутри вне после", ()),
    ("благодаря согласно навстречу между", ()),
).keys()
# Two words that take the genitive; before an instrumental they are a noun of action: при поддержке Казахстаном.
PREPOSITIONAL_PHRASES: Final = frozenset(
    {
        "в адрес",
        "в лице",
        "в отношении",
        "в пользу",
        "в преддверии",
        "в рамках",
        "в ходе",
        "в честь",
        "за исключением",
        "за счет",
        "на базе",
        "на территории",
        "от имени",
        "от лица",
        "по инициативе",
        "по итогам",
        "по линии",
        "по поручению",
        "по приглашению",
        "по просьбе",
        "под председательством",
        "под эгидой",
        "при поддержке",
        "при содействии",
        "при участии",
        "со стороны",
    }
)

# Endings of Russian adjectives: the cases and genders (m, f, n, p for the plural) each can be.
_ENDINGS: Final = (
    ("ый ий", "nom-m acc-m"),
    ("ая яя", "nom-f"),
    ("ое ее", "nom-n acc-n"),
    ("ые ие", "nom-p acc-p"),
    ("ого его", "gen-m gen-n acc-m"),
    ("ому ему", "dat-m dat-n"),
    ("ым им", "ins-m ins-n dat-p"),
    ("ом ем", "loc-m loc-n"),
    ("ой ей", "gen-f dat-f ins-f loc-f"),
    ("ую юю", "acc-f"),
    ("ых их", "gen-p loc-p acc-p"),
    ("ыми ими", "ins-p"),
)
ADJECTIVE_ENDINGS: Final[Mapping[str, frozenset[str]]] = {
    ending: frozenset(readings.split()) for endings, readings in _ENDINGS for ending in endings.split()
}
# Stems of adjectives that govern no case and are no nouns, so that a name after them agrees with them: казахстанский,
# not подготовленный (Министерством) or достойный (Казахстана). Nouns (списком, перепиской) keep н, й, ц before ск out.
AGREEING_STEM: Final = (
    r"(?:\w{3,}(?:ск|цк)(?=ий|ая|ое|ие|ого|ому|им|ую|их|ими)|\w{2,}(?:[нй]ск|[еи]цк)|нов|нынешн|бывш)"
)

# Names that many leave as they are in every case: из Сараево, в Скопье, граждане Бангладеш.
UNBENT: Final = re.compile(r"^(?:\w+(?:[оеи]во|[иы]но|ье)|Бангладеш|Мишель \w+)$")
# Russian verbs and participles of moving somewhere: after them в and на take the accusative.
MOTION: Final = re.compile(
    r"(?:при(?:бы|ех|лет|ез)|(?:от|на)прав|вылет|выех|отбы|верну|возвра|пригла|достав|постав(?:к|ок|ля|щик)|перее|въех|(?:вы?|за|от|до)вез)\w*"
)
# Russian nouns and verbs of what goes somewhere, or into something: визит в Казахстан, поправки в Конституцию.
DIRECTED: Final = re.compile(
    rf"\b(?:{MOTION.pattern}|(?:визит|поездк|командировк|поправ(?:к|ок)|изменени|дополнени|вступ|вош[ел]|войд|войти|вхож|вклад|"
    r"поеха|пое(?:хать|д[еуя])|уеха|улете|вылет|прилет|перев[ео]з|экспорт|вв[ео]з|транзит|эваку|переда|обрати|поступи)\w*)"
)
# Beside these a visit is where somebody is: побывал с визитом в Бишкеке.
STAYING: Final = re.compile(r"\b(?:побыва|быва|пребыва|наход|был|будет)\w*|\bс\s\w*\s?(?:визитом|поездкой)\b")
# Russian verbs with a direct object and no receiver beside it.
ACCUSATIVE_AFTER: Final = re.compile(
    r"(?:поздрави|поприветствова|приветствова|посети|возглави|награди|поблагодари|поддержа|покину|обсуди|осуди)л[аио]?"
)
# Russian verbs of coming to an office, which stands in the instrumental.
BECOMING: Final = re.compile(r"(?:(?:пере)?избран|назначен|утвержден|стал|явля(?:ет|л)ся|оста(?:ет|л)ся)[аоы]?(?:сь)?")
# Russian verbs and nouns after which the receiver of something stands in the dative.
DATIVE_AFTER: Final = re.compile(
    r"(?:вруч|перед|поруч|помо[гчщ]|напомн|сообщ|рассказ|выразил|предлож|пообещ|обещ|доложи|подари|посвящ|подотч|адресова|"
    r"благодар(?:ен|н)|задал|послан|представи|содейств|направ|(?:разъ|объ|по)ясн|предостав|присво|продемонстр|заяви|ответи)\w*"
)
# Nouns and verbs that take another case than the genitive or accusative; after them only the source can tell.
OTHERWISE: Final = re.compile(
    rf"{DATIVE_AFTER.pattern}|(?:сниск|прин[её]с|постав[ил]|позвол|разреш|запрет|поддержк|приветстви|письм|соответств|"
    r"ответ|управлен|руковод|рекоменд|выра[зж])\w*"
)
# Kinds of things whose name stands beside them as it is: порт Рига, рейс Астана – Белград.
STANDS_BESIDE: Final = re.compile(
    r"(?:город|(?:косм|аэр)одром|порт|сел|поселк|аул|станци|аэропорт|район|област|рек|озер|гор|рейс|маршрут|поезд|сторон|линии|дорог|трасс|"
    r"участник|команд|клуб|сборн|матч|турнир|отел|гостиниц|журнал|газет|агентств|телеканал|корабл|фонд|проект|премь?и|"
    r"праздник|республик|форум|резиденци|двор(?:ец|ц)|центр|зал|площад|улиц|проспект|платформ|систем)\w*"
)
CASE_NAMES: Final[Mapping[str, str]] = {
    Case.NOM: _("nominative"),
    Case.GEN: _("genitive"),
    Case.DAT: _("dative"),
    Case.ACC: _("accusative"),
    Case.INS: _("instrumental"),
    Case.LOC: _("prepositional"),
    Case.ABL: _("ablative"),
}
