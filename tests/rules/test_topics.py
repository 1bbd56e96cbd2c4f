"""A topic is suggested only where it was learned, only when sure, and with the words that spoke for it."""

import random

import pytest

from danvan.rules.text import fold
from danvan.rules.topics import LEAST, RIGHT, features, suggest, train

ROADS = "cầu gãy|đường lầy|ổ gà|đèn đường|biển báo|lan can|mặt đường|nắp cống|vỉa hè|bê tông|cầu khỉ|lề đường|lối qua cầu".split(
    "|"
)
HEALTH = "trạm y tế|bác sĩ|thuốc|tiêm chủng|bệnh viện|khám bệnh|cấp cứu|sốt xuất huyết|bảo hiểm y tế|y tá|thuốc men|chích ngừa|ca bệnh".split(
    "|"
)
WHERE = "ấp một|ấp hai|xóm chài|ngã ba|kênh mới|chợ cũ|đầu làng|cuối xóm|khu tư|bến đò|gò cao".split("|")
HOW = "đã lâu|rất bức xúc|không ai lo|ngày càng nặng|đề nghị xem lại|mong sớm có|cần làm ngay".split("|")


SYLLABLES = [
    start + end for start in "b d g h kh l m n ph r s th v x".split() for end in "ang eo inh oi uc ya on".split()
]


def told(words, many, start=0):
    """Two words of the topic among others that say nothing, differently every time."""
    made = []
    for n in range(start, start + many):
        chance = random.Random(n)
        parts = [*chance.sample(words, 2), chance.choice(WHERE), chance.choice(HOW), *chance.sample(SYLLABLES, 12)]
        chance.shuffle(parts)
        made.append(" ".join(parts))
    return made


def examples(each=150):
    return [pair for roads, health in zip(told(ROADS, each), told(HEALTH, each, 10_000), strict=True)
            for pair in ((roads, "roads"), (health, "health"))]  # fmt: skip


@pytest.fixture(scope="module")
def model():
    return train(examples())


@pytest.mark.parametrize("written", [str, fold, str.upper])
def test_a_plain_case_is_suggested_with_its_words(model, written):
    found = suggest(model, written("Trạm y tế hết thuốc, bác sĩ không khám bệnh, cấp cứu chậm."))
    assert (found.topic, found.confidence >= RIGHT) == ("health", True)
    assert set(found.words) <= set(written("Trạm y tế hết thuốc bác sĩ không khám bệnh cấp cứu chậm").lower().split())
    assert {fold(word) for word in found.words} & {"thuoc", "cap", "cuu", "tram", "sy", "si", "bac"} != set()


@pytest.mark.parametrize("text", ["", "...", "qwerty zxcv", "12345"])
def test_unknown_words_lead_to_silence(model, text):
    assert suggest(model, text) is None


def test_what_speaks_for_both_leads_to_silence(model):
    assert suggest(model, "đã lâu không ai lo ở ấp một") is None


def test_too_few_examples_lead_to_no_model():
    assert train(examples(LEAST // 2 - 1)) is None
    assert train([("cầu gãy", "roads")] * 500) is None


def test_a_topic_with_a_handful_of_examples_is_never_suggested():
    model = train([*examples(), *[(f"học phí trường {n}", "education") for n in range(9)]])
    assert set(model.weights) == {"roads", "health"}


def test_labels_without_sense_teach_that_nothing_is_sure():
    texts = told(ROADS, 400)
    model = train([(text, "roads" if n % 2 else "health") for n, text in enumerate(texts)])
    assert [suggest(model, text) for text in told(ROADS, 20, 500)] == [None] * 20


def test_learning_twice_gives_the_same():
    assert train(examples(110)) == train(examples(110))


def test_features_see_words_with_and_without_accents():
    assert {"wcầu", "fcau", "wcầu đỏ", "fcau do"} <= set(features("Cầu Đỏ"))
