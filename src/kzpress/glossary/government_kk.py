"""What Kazakh words ask of a name beside them: the cases of postpositions and verbs, belonging. Data alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kzpress.glossary.model import Case

if TYPE_CHECKING:
    from collections.abc import Mapping

# Postpositions that are nothing else, by the case they ask for. Left out for being other words too: кейін, бері,
# соң, бірге, басқа, қатысты, қарсы, байланысты, сәйкес (Президент кейін хабарлады; Қазақстан форумға қатысты).
_POSTPOSITIONS: Final = (
    ("үшін туралы арқылы бойынша жөнінде жөніндегі ретінде сияқты секілді тәрізді", (Case.NOM,)),
    ("атынан тарапынан", (Case.NOM, Case.GEN)),
    ("дейін дейінгі шейін шейінгі", (Case.DAT,)),
)
POSTPOSITIONS: Final[Mapping[str, tuple[Case, ...]]] = {
    word: cases for words, cases in _POSTPOSITIONS for word in words.split()
}
# Words that are postpositions of the dative and ablative too, and after which a name is therefore left as it is.
OFTEN_POSTPOSITIONS: Final = re.compile(
    "кейін|бері|бұрын|соң|бірге|басқа|қарсы|қарай|қарағанда|қатысты|байланысты|сәйкес|сай|тән"
)
# Verbs of moving or sending somewhere: what stands in the dative may be the place one moves to.
MOTION: Final = re.compile(
    r"\b(?:кел|кет|кір|бар|ұш|жет|аттан|жібер|жолда|шақыр|орал|қайт|тарт|әкел|апар|көш|сапар|тағайында|қатыс|қосыл|қон|"
    r"инвест|туғыз)\w*"
)
# A noun with the ending that follows its owner: өкілдері, төрағасының; nearly every word that may be one.
POSSESSED: Final = re.compile(r"\s\w{2,}(?:с[ыі]|[бзйкмпрушғгңқдл][ыі])(?:н\w*|мен)?(?!\w)")
# What ends like one and is none: adjectives, and what is somewhere or of some time.
NOT_POSSESSED: Final = re.compile(
    r"(?:\w+[дт][ае]г[ыі]|ескі|тірі|ірі|ауқымды|(?:ал|соң|кейін|сырт|іш|ал[дғ]ың|қазір|бүгін|ертең|кеше|былтыр|көкте?м|"
    r"алғаш|негіз|түп|орта|шет)(?:[ғқгк][ыі])|\w+нш[ыі])"
)
# Those that are nothing else. Endings that are as often an accusative (жобаны) or an adjective's (тегжейлі) are left to
# the commonest owners' words.
SURELY_POSSESSED: Final = re.compile(
    r"\s(?:бірінші\s|баспасөз\s|бас\s)?"
    r"(?:(?:өкіл|президент|депутат|парламент|үкімет|азамат)[ыі]|\w{2,}(?:с[ыі]|[бзйкмпрушғгңқ][ыі]))"
    r"(?:н(?:[ыі]ң|[ае]|[дт][ае]|[ае]н)?|мен)?(?!\w)"
)

_ACTIVE: Final = r"(?![ыі]?[лн](?:[дғгуае]|[ыі]п|мақ|мек|с))"  # шақырды, not шақырылды
_ENDS: Final = r"\w*(?:\s(?:отыр|жатыр|тұр|алады|алды|еді|екен|болды|керек|тиіс|мүмкін|емес))?$"


def _verbs(stems: str, *, active: bool = False) -> re.Pattern[str]:
    """Return a pattern for the end of a clause whose verb is one of ``stems``, in which _ stands for a space."""
    words = "|".join(stems.split()).replace("_", " ")
    return re.compile(rf"(?:^|\s)(?:{words}){_ACTIVE if active else ''}{_ENDS}")


# Verbs whose object is a person, an institution or a place, and stands in the accusative alone.
OBJECT_ALONE: Final = _verbs(
    "шақыр құттықта марапатта қолда сайла тыңда қарсы_ал басқар байланыстыр салыстыр қабылда хабардар_ет сына айыпта "
    "мақта жақта құпта таңғалдыр қуант еске_ал",
    active=True,
)
# Phrases of a participle that hold all that belongs to it, so that a name before them is the closing verb's; and the
# converb of one verb of two words.
CLOSED: Final = re.compile(
    r"\s(?:\w+[ғгқкн]?[ае]\s(?:арналған|негізделген|бағытталған)|\w+[дт][ае]\s(?:өткен|өтетін|орналасқан|тіркелген)|"
    r"сатып(?=\sал))"
)
# Participles of passives, whose subject no bare name is that precedes them.
PASSIVE_PARTICIPLE: Final = re.compile(r"\s\w{2,}(?:[ыі]л|[ыі]н|[дтл][ае]н|[дт][ае]л)[ғг][ае]н(?=\s)")
# Verbs with an object that a name can be.
OBJECT: Final = _verbs(
    "таңда тағайында ата атап_өт мойында таныды таниды аккредитте "
    "арала бағала мақұлда ратификацияла бекіт бұз алмастыр ауыстыр "
    "кездестір қорға жарияла талқыла таныстыр іске_қос аш құр зертте сүй ұйымдастыр",
    active=True,
)
# Verbs with a dative for what is the object in English or Russian: to thank, help, visit, join.
GOAL_ALONE: Final = _verbs(
    "алғыс_айт рақмет_айт алғыс_білдір көмектес жәрдемдес кеңес_бер жауап_бер рұқсат_бер мүмкіндік_бер қолдау_көрсет "
    "көмек_көрсет қызмет_көрсет қоңырау_шал ықпал_ет әсер_ет төрағалық_ет "
    "жүгін сенеді сенім_білдір қатыс кір қосыл барды "
    "барған барады барып тапсыр хабарла"
)
# Verbs and predicates with a dative: whom one gives or tells something, where one goes or enters.
GOAL: Final = _verbs(
    "тапсыр табыс_ет табыста жолда жібер жеткіз хабарла түсіндір "
    "таныстыр көрсет ұсын сыйла арна қатыс кір қосыл баянда "
    "айт бер шағымдан өкілдік_ет алғыс_айт рақмет_айт көмектес жәрдемдес жауап_бер "
    "кеңес_бер несие_бер уәде_бер есеп_бер беріл бағыттал бағытта "
    "жүгін шағымдан сенім_білдір алғыс_білдір қолдау_көрсет "
    "көмек_көрсет қызмет_көрсет төрағалық_ет ықпал_ет әсер_ет мүше "
    "келді келген келеді келіп келе барды барған барады барып орал "
    "қайт көш аттан ұш жет әкел апар қайтар шақыр тағайында"
)
MEMBER: Final = _verbs("қатыс кір қосыл мүше")  # one is "in" something in English, "to" it in Kazakh
# Verbs with an ablative: from whom one gets something, where one comes from.
GIVER: Final = _verbs(
    "алды алған алады алыпты алынды алынған сұра талап_ет күт шық "
    "қайт кет орал аттан ұш көш келді келген келеді келіп келе бас_тарт әкел жеткіз"
)
ASKED: Final = _verbs("сұра", active=True)  # one asks "from" somebody
COMPANY: Final = _verbs("кездес келіс бөліс ынтымақтас таныс сөйлес алмас әріптестік_ет келіссөз_жүргіз келіссөз_өткіз")
INFINITIVE: Final = re.compile(r"\s\w+у(?:ға|ге)\s")  # Бейжіңге келуге шақырды
BEING: Final = re.compile(r"^\s(?:\w+(?:[дт][ае]|да)\s)?бол(?:ды|ған|ады|ып)$")  # Парижде болды
# What happens somewhere, by verbs that no institution can be the subject of; and what it can be, or does there.
HAPPENS: Final = _verbs(
    "(?<!атап_)өтті (?<!атап_)өтеді өткізіл талқылан қарал қол_қойыл көрсетіл айтыл таныстырыл басталды аяқталды"
)
STAYS: Final = _verbs(
    "өткізді өткізеді ашыл жұмыс_істе кездес жинал орналас сақтал "
    "өндіріл шығарыл жасал сөйле тұрады оқиды бар(?!\\w) жоқ(?!\\w)"
)

# A word that may stand between an owner and what belongs to it: жаңа басшысы, бірінші отырысы, ресми сапары.
BETWEEN_OWNER_AND_OWNED: Final = re.compile(
    r"жаңа|бас|жалпы|ресми|кіші|үлкен|баспасөз|құрметті|\w+(?:[ғгқк][ыі]|[лдт][ыі]қ?к?|[ншр]ш[ыі]|лық|лік)"
)

# People, of whom an ablative is not a place they left just now but where they are from: Түркиядан келген мамандар.
PEOPLE: Final = re.compile(
    r"\s(?:\w+(?:ш[ыі]|гер|кер|ман|лог|ист|тік|лық|лік)|әріптес|студент|инвестор|эксперт|сарапшы|мамандар|мұғалім|қонақ|турист|"
    r"өкіл|компания|делегация|топ|спортшы|дәрігер|депутат|сенатор|адам|азамат|музыкант|экономис\w?|инженер|профессор|"
    r"оқушы|жас|шабандоз|актер|режиссер|журналис\w?)(?:[лдт][ае]р)\w*"
)
# Verbs, and words made of them, that the ablative before people may belong to.
LEAVES: Final = re.compile(
    r"\b(?:кел|кет|бар|шық|қайт|орал|ұш|жет|әкел|алып|алын|ал[ды]|шақыр|жібер|жинал?|көш|қаш|тап|құтқар|эвакуац|шығар|сұра|"
    r"күт|көр|тарт|тарат|апар|аттан|қуыл|депорт|аударыл|босат|ерекше|артық|кем|басқа)\w*"
)
