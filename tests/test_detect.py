import pytest

from kzpress.detect import detect, detect_text
from kzpress.domain import Block, BlockKind, Detection, Lang, Script

KK = (
    "Қазақстан Республикасының Сыртқы істер министрлігінде Канада Елшісімен кездесу өтті.",
    "Тараптар сауда, білім беру және су ресурстарын басқару саласындағы ынтымақтастықты талқылады.",
    "Кездесу соңында екі жақ қазан айында үкіметаралық комиссияның кезекті отырысын өткізуге уағдаласты.",
)
RU = (
    "В Министерстве иностранных дел Республики Казахстан прошла встреча с Послом Канады.",
    "Стороны обсудили сотрудничество в сфере торговли, образования и управления водными ресурсами.",
    "По итогам встречи достигнута договоренность провести в октябре заседание совместной комиссии.",
)
EN = (
    "The Minister of Foreign Affairs of the Republic of Kazakhstan met with the Ambassador of Canada.",
    "The sides discussed cooperation in trade, education and the management of water resources.",
    "They agreed that the intergovernmental commission would hold its next session in October.",
)
OURS = {Lang.KK: KK, Lang.RU: RU, Lang.EN: EN}

OTHERS = {
    "ky": (
        "Кыргыз Республикасынын Тышкы иштер министри Бишкек шаарында коңшу өлкөнүн элчисин кабыл алды.",
        "Жолугушууда эки тарап соода, билим берүү жана суу ресурстарын пайдалануу маселелерин талкуулашты.",
        "Элчи жылуу кабыл алуу үчүн ыраазычылык билдирип, кызматташтыкты өнүктүрүүгө даяр экенин белгиледи.",
    ),
    "tt": (
        "Татарстан Республикасы вәкилләре Казанда узган очрашуда күрше илнең илчесе белән сөйләште.",
        "Яклар сәүдә, мәгариф һәм мәдәният өлкәсендә хезмәттәшлек итү мәсьәләләрен тикшерделәр.",
        "Очрашу ахырында алар киләсе елда уртак күргәзмә үткәрергә килештеләр, диде матбугат хезмәте.",
    ),
    "uz": (
        "Oʻzbekiston Respublikasi Tashqi ishlar vazirligida qoʻshni davlat elchisi bilan uchrashuv boʻlib oʻtdi.",
        "Tomonlar savdo, taʼlim va suv resurslarini boshqarish sohasidagi hamkorlikni muhokama qildilar.",
        "Uchrashuv yakunida kelgusi yilda hukumatlararo komissiya majlisini oʻtkazishga kelishib olindi.",
    ),
    "uz-Cyrl": (
        "Ўзбекистон Республикаси Ташқи ишлар вазирлигида қўшни давлат элчиси билан учрашув бўлиб ўтди.",
        "Томонлар савдо, таълим ва сув ресурсларини бошқариш соҳасидаги ҳамкорликни муҳокама қилдилар.",
    ),
    "tr": (
        "Türkiye Cumhuriyeti Dışişleri Bakanlığında komşu ülkenin büyükelçisi ile bir görüşme yapıldı.",
        "Taraflar ticaret, eğitim ve su kaynaklarının yönetimi alanındaki iş birliğini ele aldılar.",
        "Görüşmenin sonunda hükümetler arası komisyonun ekim ayında toplanması kararlaştırıldı.",
    ),
    "uk": (
        "У Міністерстві закордонних справ України відбулася зустріч із послом сусідньої держави.",
        "Сторони обговорили співпрацю у сфері торгівлі, освіти та управління водними ресурсами.",
        "За підсумками зустрічі досягнуто домовленості провести в жовтні засідання міжурядової комісії.",
    ),
    "mn": (
        "Монгол Улсын Гадаад харилцааны яаманд хөрш орны Элчин сайдтай уулзалт боллоо.",
        "Талууд худалдаа, боловсрол болон усны нөөцийн менежментийн салбарын хамтын ажиллагааг хэлэлцэв.",
        "Уулзалтын төгсгөлд засгийн газар хоорондын комиссын хуралдааныг аравдугаар сард хийхээр тохиролцлоо.",
    ),
}


def release(*texts: str, kinds: dict[int, BlockKind] | None = None) -> list[Block]:
    return [
        Block(kind=(kinds or {}).get(line, BlockKind.BODY), text=text, line=line) for line, text in enumerate(texts, 1)
    ]


def verdict(*texts: str) -> Detection:
    return detect(release(*texts))


@pytest.mark.parametrize("lang", Lang)
def test_a_release_in_a_language_of_ours_is_recognised(lang: Lang) -> None:
    found = verdict(*OURS[lang])
    assert (found.verdict, found.language) == (lang.value, lang)
    assert found.confidence > 0.95
    assert found.deviating == ()
    assert [paragraph.language for paragraph in found.paragraphs] == [lang] * 3


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang in Lang for text in OURS[lang]])
def test_a_paragraph_is_recognised_on_its_own(lang: Lang, text: str) -> None:
    assert detect_text(text).language == lang


@pytest.mark.parametrize("guess", OTHERS)
def test_a_language_that_is_not_ours_is_unknown_and_named(guess: str) -> None:
    found = verdict(*OTHERS[guess])
    assert (found.verdict, found.language) == ("unknown", None)
    assert found.paragraphs[0].guess == guess
    assert "which kzpress does not translate" in found.reason


@pytest.mark.parametrize("guess", OTHERS)
def test_a_language_that_is_not_ours_stays_unknown_as_one_paragraph(guess: str) -> None:
    assert verdict(" ".join(OTHERS[guess])).verdict == "unknown"


@pytest.mark.parametrize("lang", Lang)
def test_capitals_change_no_verdict(lang: Lang) -> None:
    assert verdict(*(text.upper() for text in OURS[lang])).verdict == lang


@pytest.mark.parametrize("lang", Lang)
def test_asking_again_gives_the_same_answer(lang: Lang) -> None:
    assert len({verdict(*OURS[lang][:2]) for _ in range(5)}) == 1


def test_the_shared_seed_of_langdetect_stays_as_it_was() -> None:
    from langdetect.detector_factory import DetectorFactory

    verdict(*KK)
    assert DetectorFactory.seed is None


def test_kazakh_in_the_latin_alphabet_of_2021_is_named_and_not_taken() -> None:
    found = verdict(
        "Qazaqstan Respublikasynyñ Syrtqy ıster ministrliginde Kanada Elşisimen kezdesu ötti.",
        "Taraptar sauda, bilim beru jäne su resurstaryn basqaru salasyndağy yntymaqtastyqty talqylady.",
    )
    assert (found.verdict, found.language, found.script) == ("unknown", None, Script.LATIN)
    assert found.reason == "Kazakh in Latin letters; kzpress reads Cyrillic Kazakh"
    assert found.paragraphs[0].guess == "kk-Latn"


def test_kazakh_in_the_latin_alphabet_of_2018_is_named_and_not_taken() -> None:
    found = verdict(
        "Qazaqstan Respýblıkasynyń Syrtqy ister mınıstrliginde Kanada Elshisimen kezdesý ótti.",
        "Taraptar saýda, bilim berý jáne sý resýrstaryn basqarý salasyndaǵy yntymaqtastyqty talqylady.",
    )
    assert found.reason == "Kazakh in Latin letters; kzpress reads Cyrillic Kazakh"


def test_kazakh_in_arabic_letters_is_named_and_not_taken() -> None:
    found = verdict(
        "قازاقستان رەسپۋبليكاسىنىڭ سىرتقى ىستەر مينيسترلىگىندە كانادا ەلشىسىمەن كەزدەسۋ ءوتتى.",
        "تاراپتار ساۋدا، ءبىلىم بەرۋ جانە سۋ رەسۋرستارىن باسقارۋ سالاسىنداعى ىنتىماقتاستىقتى تالقىلادى.",
    )
    assert (found.verdict, found.script) == ("unknown", Script.ARABIC)
    assert found.reason == "Kazakh in Arabic letters; kzpress reads Cyrillic Kazakh"


def test_a_release_in_two_languages_is_mixed_and_says_how_much_of_each() -> None:
    found = verdict(*KK, *RU)
    assert (found.verdict, found.language) == ("mixed", None)
    assert "Kazakh" in found.reason
    assert "Russian" in found.reason
    assert 0.3 < found.confidence < 0.7


def test_two_editions_in_one_paragraph_are_mixed() -> None:
    assert verdict(RU[0] + " / " + EN[0]).verdict == "mixed"


def test_one_foreign_paragraph_of_a_long_release_deviates_and_changes_no_verdict() -> None:
    found = verdict(*EN, *EN, RU[1], *EN)
    assert found.verdict == "en"
    assert [(paragraph.line, paragraph.language) for paragraph in found.deviating] == [(7, Lang.RU)]
    assert "line 7 reads as Russian" in found.reason
    assert found.confidence < 0.95


def test_a_paragraph_in_a_language_that_is_not_ours_deviates_by_name() -> None:
    found = verdict(*RU, *RU, OTHERS["uk"][0])
    assert found.verdict == "ru"
    assert [paragraph.guess for paragraph in found.deviating] == ["uk"]


def test_a_short_paragraph_takes_the_language_of_the_release() -> None:
    found = verdict(KK[0], "Астана", KK[1])
    assert found.paragraphs[1].language == Lang.KK
    assert "takes the language of the release" in (found.paragraphs[1].reason or "")


def test_a_short_text_on_its_own_is_in_no_language() -> None:
    paragraph = detect_text("Астана")
    assert (paragraph.language, paragraph.confidence, paragraph.reason) == (None, 0.0, "under 12 letters")


def test_a_release_of_short_lines_is_read_as_one_text() -> None:
    assert verdict("Күн тәртібі", "Тіркелу", "Ашылу салты", "Бірінші отырыс", "Үзіліс", "Қорытынды").verdict == "kk"


@pytest.mark.parametrize("texts", [(), ("",), ("15.07.2021",), ("МИД РК",)])
def test_a_release_with_next_to_no_letters_is_unknown_with_a_reason(texts: tuple[str, ...]) -> None:
    found = verdict(*texts)
    assert (found.verdict, found.confidence) == ("unknown", 0.0)
    assert found.reason == "under 12 letters in all, which is too few to tell a language"


def test_letters_of_no_script_of_ours_are_unknown() -> None:
    found = verdict("საქართველოს საგარეო საქმეთა სამინისტრო აცხადებს")
    assert (found.verdict, found.script) == ("unknown", Script.OTHER)


def test_a_headline_alone_is_recognised() -> None:
    kinds = {1: BlockKind.HEADLINE}
    assert detect(release("Қазақстан мен Канада ынтымақтастықты кеңейтеді", kinds=kinds)).verdict == "kk"
    assert detect(release("Kazakhstan and Canada to expand their cooperation", kinds=kinds)).verdict == "en"


def test_a_dateline_and_a_letterhead_in_another_language_do_not_vote() -> None:
    kinds = {1: BlockKind.MARGIN, 2: BlockKind.DATELINE}
    head = "Министерство иностранных дел Республики Казахстан, пресс-служба, город Астана, для публикации"
    found = detect(release(head, "АСТАНА. КАЗИНФОРМ –", EN[0], kinds=kinds))
    assert (found.verdict, found.confidence > 0.95) == ("en", True)
    assert [paragraph.line for paragraph in found.deviating] == [1, 2]


def test_latin_look_alikes_inside_kazakh_words_change_nothing() -> None:
    mixed = [text.translate(str.maketrans("іәһо", "iəho")) for text in KK]
    assert verdict(*mixed).verdict == "kk"


def test_latin_names_and_addresses_do_not_make_a_russian_paragraph_english() -> None:
    text = "Подробности встречи опубликованы на сайте ведомства: https://www.example.org/en/press press@example.org"
    assert detect_text(text).language == Lang.RU
    assert detect_text(RU[1] + " В проекте участвуют Human Rights Watch и Freedom House.").language == Lang.RU


def test_english_with_many_marked_letters_is_not_english() -> None:
    assert detect_text("Ünïted Nätiöns sïdes discüssed cöoperätion in tråde and edücation töday").language is None


def test_an_interruption_while_profiles_are_loaded_stays_one(monkeypatch: pytest.MonkeyPatch) -> None:
    from langdetect.detector_factory import DetectorFactory

    from kzpress.detect import reading

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    reading._factory.cache_clear()
    monkeypatch.setattr(DetectorFactory, "add_profile", interrupted)
    with pytest.raises(KeyboardInterrupt):
        reading._factory(Script.CYRILLIC)
