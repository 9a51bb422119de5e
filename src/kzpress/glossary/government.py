"""What words beside a name ask of its form: Russian prepositions and adjectives, Kazakh postpositions. Data alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kzpress.glossary.model import Case

if TYPE_CHECKING:
    from collections.abc import Mapping


def _by_word(*rows: tuple[str, tuple[Case, ...]]) -> Mapping[str, tuple[Case, ...]]:
    return {word: cases for words, cases in rows for word in words.split()}


# Russian prepositions by the cases they govern, the likelier after the name of an institution first; uses in which
# no name stands (с апреля по август, ростом с дом) are left out.
PREPOSITIONS: Final = _by_word(
    ("от из у для до без против около ради вокруг среди кроме помимо вместо стороны", (Case.GEN,)),
    ("накануне из-за из-под относительно касательно насчет внутри вне после ввиду вследствие", (Case.GEN,)),
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
        "в рамках",
        "в ходе",
        "за исключением",
        "за счет",
        "на базе",
        "на территории",
        "от имени",
        "от лица",
        "по инициативе",
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

# Kazakh postpositions that are nothing else, by the case they ask for. Left out for being other words too: кейін, бері,
# соң, бірге, басқа, қатысты, қарсы, байланысты, сәйкес (Президент кейін хабарлады; Қазақстан форумға қатысты).
POSTPOSITIONS: Final = _by_word(
    ("үшін туралы арқылы бойынша жөнінде жөніндегі ретінде сияқты секілді тәрізді", (Case.NOM,)),
    ("атынан тарапынан", (Case.NOM, Case.GEN)),
    ("дейін дейінгі шейін шейінгі", (Case.DAT,)),
)

# Names that many leave as they are in every case: из Сараево, в Скопье, граждане Бангладеш.
UNBENT: Final = re.compile(r"^(?:\w+(?:[оеи]во|[иы]но|ье)|Бангладеш)$")
# Russian verbs and participles of moving somewhere: after them в and на take the accusative.
MOTION: Final = re.compile(
    r"(?:при(?:бы|ех|лет|ез)|(?:от|на)прав|вылет|выех|отбы|верну|возвра|пригла|достав|постав|перее|въех|ввез)\w*"
)
# Russian words after which the receiver of something stands in the dative.
DATIVE_AFTER: Final = re.compile(
    r"(?:вруч|перед|поруч|помо[гч]|напомн|сообщ|рассказ|выразил|предлож|пообещ|обещ|доложи|подари|посвящ|подотч|адресова|"
    r"благодар|задал|послан|представи)\w*"
)
# Kazakh verbs of moving or sending somewhere: what stands in the dative may be the place one moves to.
KAZAKH_MOTION: Final = re.compile(
    r"\b(?:кел|кет|кір|бар|ұш|жет|аттан|жібер|жолда|шақыр|орал|қайт|тарт|әкел|апар|көш|сапар|тағайында|қатыс|қосыл|қон)\w*"
)
# Kazakh verbs with a direct object that names mostly are.
KAZAKH_TRANSITIVE: Final = re.compile(r"\b(?:шақыр|қабылда|құттықта|тағайында|марапатта|қолда|сайла|тыңда|қарсы ал)\w*")

CASE_NAMES: Final[Mapping[str, str]] = {
    Case.NOM: "nominative",
    Case.GEN: "genitive",
    Case.DAT: "dative",
    Case.ACC: "accusative",
    Case.INS: "instrumental",
    Case.LOC: "prepositional",
    Case.ABL: "ablative",
}
