"""Numbers that are none of people who are displaced now: denied, to come, long ago, of the world, of travellers."""

import datetime as dt

import pytest

from tiau.readers.articles.article import Article
from tiau.readers.articles.figures import propose
from tiau.readers.articles.language import languages
from tiau.readers.articles.places import Surroundings

PUBLISHED = dt.date(2023, 6, 20)
ENGLISH, SPANISH, FRENCH = (next(one for one in languages() if one.code == code) for code in ("en", "es", "fr"))
DENIED, NOT_SO, CORRECTED = "denied", "said not to have happened", "a figure that was corrected"
POSSIBLE, TO_COME, ROOM = "only said to be possible", "to come, not yet so", "room for so many"
AIM, WORLD, LONG_AGO, WATER = "whom aid", "of the whole world", "long ago", "taken from the water"
TRAVELLERS = "come and go for other reasons"
DOUBTED = {
    ENGLISH: [
        ("The minister denied that 500 people had fled to Mizoram.", DENIED),
        ("The army denied reports that 2,000 people had been displaced in Demoso.", DENIED),
        ("Officials dismissed claims that 3,000 refugees had entered Thailand as false.", DENIED),
        ("It is not true that 4,000 people have fled from Demoso, the spokesman said.", DENIED),
        ('"Ten thousand have fled - that is a lie," the governor said.', DENIED),
        ("Rumours that 6,000 people had crossed into Uganda were untrue.", DENIED),
        ("There were no reports that any of the 800 villagers had been displaced.", DENIED),
        ("He said it was impossible that 8,000 people had left their homes in Torit.", DENIED),
        ("More than 5,000 people have fled to Chad, though the army denied it.", DENIED),
        ("More than 400 people were prevented from leaving the town of Pinjra.", NOT_SO),
        ("Some 300 refugees have not returned to Burundi.", NOT_SO),
        ("Correction: An earlier version of this article said 5,000 people had fled to Chad.", CORRECTED),
        ("The UN retracted its estimate that 70,000 people had fled to Chad.", CORRECTED),
        ("As many as 9,000 people may have been displaced in Goma.", POSSIBLE),
        ("The offensive could displace 20,000 people in Rafah, the UN warned.", TO_COME),
        ("The government plans to evacuate 3,000 people from Gaza.", TO_COME),
        ("Aid workers fear that up to 10,000 people may flee to Chad.", TO_COME),
        ("UNHCR expects 50,000 refugees to arrive in Chad by the end of the year.", TO_COME),
        ("If the dam breaks, 40,000 people would be displaced in Shan State.", TO_COME),
        ("Thailand is preparing for an influx of 100,000 refugees.", TO_COME),
        ("About 9,000 people are expected to be relocated to Kyangwali.", TO_COME),
        ("Around 250 families risk eviction in Nairobi.", TO_COME),
        ("The president threatened to expel 20,000 Haitians.", TO_COME),
        ("The new camp can hold 5,000 refugees.", ROOM),
        ("The agency aims to help 12,000 refugees in Adre this year.", AIM),
        ("More than 110 million people are displaced worldwide.", WORLD),
        ("Globally, 35 million refugees live outside their country.", WORLD),
        ("In 1988 more than 10,000 people fled to Thailand.", LONG_AGO),
        ("During the 2017 crackdown more than 700,000 Rohingya fled to Bangladesh.", LONG_AGO),
        ("A decade ago, 300,000 refugees crossed into Jordan.", LONG_AGO),
        ("Between 1991 and 1995, 200,000 people fled from Croatia.", LONG_AGO),
        ("The coast guard rescued 86 migrants at sea off Crete.", WATER),
        ("More than 12,000 tourists arrived in Chiang Mai last week.", TRAVELLERS),
        ("Paris hosted 300 athletes.", TRAVELLERS),
        ("About 3,000 soldiers crossed the border into Sudan.", "did they flee, or were they sent?"),
    ],
    SPANISH: [
        ("El gobierno neg\u00f3 que 500 personas hubieran huido a Colombia.", DENIED),
        ("Es falso que 4.000 migrantes hayan llegado a Tijuana.", DENIED),
        ("La ofensiva podr\u00eda desplazar a 20.000 personas en Arauca.", TO_COME),
        ("El plan prev\u00e9 evacuar a 3.000 personas de Armero.", TO_COME),
        ("En 1985 m\u00e1s de 10.000 personas huyeron a Honduras.", LONG_AGO),
        ("M\u00e1s de 110 millones de personas est\u00e1n desplazadas en el mundo.", WORLD),
    ],
    FRENCH: [
        ("Le gouvernement a d\u00e9menti que 500 personnes aient fui vers le Tchad.", DENIED),
        ("Il est faux que 4 000 r\u00e9fugi\u00e9s soient arriv\u00e9s \u00e0 Calais.", DENIED),
        ("L'offensive pourrait d\u00e9placer 20 000 personnes \u00e0 Goma.", TO_COME),
        ("Les autorit\u00e9s pr\u00e9voient d'\u00e9vacuer 3 000 personnes de Bouak\u00e9.", TO_COME),
        ("En 1994, plus de 10 000 personnes ont fui vers le Za\u00efre.", LONG_AGO),
        ("Plus de 110 millions de personnes sont d\u00e9plac\u00e9es dans le monde.", WORLD),
    ],
}
SURE, LESS_SURE = 0.7, 0.6


def proposals(text, language=ENGLISH, published=PUBLISHED):
    return propose(Article("a.txt", text, language, published, "Agency"), Surroundings())


@pytest.mark.parametrize(
    ("language", "text", "word"), [(language, *case) for language, cases in DOUBTED.items() for case in cases]
)
def test_a_number_that_is_no_figure_of_now_says_so_and_is_not_sure(language, text, word):
    for one in proposals(text, language):
        assert any(word in check for check in one.check), one.check
        assert one.confidence < SURE
    assert proposals(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "Some 30,000 people registered to vote in Mizoram.",
        "Some 5,000 workers returned to work in Juba on Monday.",
        "Some 2,000 students returned to school in Maiduguri.",
        "About 20,000 runners crossed the finish line in Nairobi.",
        "Police said 1,200 people sheltered in place in Houston.",
        "Some 1,200 prisoners escaped from the jail in Kousseri.",
        "40 elephants crossed into the Nakai district.",
        "34 refugees drowned off Libya.",
        "No refugees have crossed the border into Mizoram, the governor said.",
        "The site in Gorom has a capacity of 2,500 people.",
    ],
)
def test_words_that_look_like_displacement_and_tell_none_give_no_row(text):
    assert not proposals(text)


@pytest.mark.parametrize(
    "text",
    [
        "In May 2,000 people fled from Demoso.",
        "The army, which denied shelling the town, said 500 people had fled to Mizoram.",
        "The offensive could displace 20,000 people; 5,000 have already fled to Rafah.",
        "The UN, which expects 50,000 refugees by December, said 12,000 had crossed into Chad.",
        "Refugees were denied entry, and 400 families fled to Aweil.",
        "Some 6,000 people who could not find shelter in Juba fled to Uganda.",
        "The fighting has displaced 9,000 people in Goma since 2011.",
        "The world's largest camp now hosts 200,000 refugees in Dadaab.",
        "Three hundred people were displaced in Beni, and officials fear more attacks.",
        "More than 5,000 people fled to Renk, and the agency will help them.",
    ],
)
def test_doubts_about_something_else_leave_a_figure_alone(text):
    surest = proposals(text)[0]
    assert surest.cells["not_scored"] == "", surest.check
    assert surest.confidence >= LESS_SURE


def test_a_doubted_number_that_a_person_takes_all_the_same_is_not_scored():
    (one,) = proposals("The minister denied that 500 people had fled to Mizoram.")
    assert one.cells["not_scored"].startswith(DENIED)


def test_without_a_day_of_publication_nothing_is_long_ago():
    (one,) = proposals("In 1988 more than 10,000 people fled to Thailand.", published=None)
    assert not any(LONG_AGO in check for check in one.check)
