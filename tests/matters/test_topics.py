"""The office's own matters teach the field of a new one; the page says so and leaves the choice to the officer."""

import json
import stat

import pytest

from danvan.matters.actions import learn_topics
from danvan.matters.kinds import Field, Intake, Kind
from danvan.matters.queries.topics import suggested_field, topics_file
from tests.matters.portal_walk import text
from tests.matters.told import does, told
from tests.rules.test_topics import HEALTH, ROADS
from tests.rules.test_topics import told as letters

pytestmark = pytest.mark.usefixtures("frozen")
ASKED = "Trạm y tế hết thuốc, bác sĩ không khám bệnh, bệnh viện ở xa, cấp cứu chậm."


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def handled(world, nam, monkeypatch):
    """Two hundred matters that officers took in; a fifth of them is judged by."""
    monkeypatch.setattr("danvan.rules.topics.LEAST_SEEN", 8)
    for roads, health in zip(letters(ROADS, 100), letters(HEALTH, 100, 10_000), strict=True):
        for content, field in ((roads, Field.ROADS), (health, Field.HEALTH)):
            told(world.xa_binh_an, by=nam.by, intake=Intake.PAPER, content=content, field=field)


def test_before_anything_was_learned_nothing_is_said(world):
    assert learn_topics() is None
    assert (suggested_field(ASKED), topics_file().exists()) == (None, False)


def test_what_was_handled_teaches_and_lies_in_a_plain_file_for_the_owner_only(handled):
    learn_topics()
    found = suggested_field(ASKED)
    assert (found.field, found.share >= 90) == (Field.HEALTH, True)
    assert stat.S_IMODE(topics_file().stat().st_mode) == 0o600
    assert set(json.loads(topics_file().read_text())) == {"weights", "rarity", "sure", "examples"}


def test_the_desk_tells_the_field_how_sure_and_why_and_chooses_nothing(handled, nam, sign_in):
    learn_topics()
    answer = sign_in(nam).post("/viec/moi/linh-vuc/", {"content": ASKED}).json()
    assert answer["field"] == "health"
    assert answer["sentence"].startswith("Gợi ý lĩnh vực: Y tế (đúng khoảng") and "thuốc" in answer["sentence"]
    page = sign_in(nam).post("/viec/moi/", {"content": ASKED})
    assert page.status_code == 422 and "Gợi ý lĩnh vực: Y tế" in text(page)
    assert '<option value="health" selected' not in text(page)


def test_who_takes_nothing_in_is_told_nothing(world, kim, client, sign_in):
    assert sign_in(kim).post("/viec/moi/linh-vuc/", {"content": ASKED}).status_code == 403
    assert client.post("/viec/moi/linh-vuc/", {"content": ASKED}).status_code == 302


def test_only_what_an_officer_decided_is_learned_from(world, nam, monkeypatch):
    """Not what citizens chose themselves and nobody answered, no denunciation, no illustration, not “lĩnh vực khác”."""
    learned = []
    monkeypatch.setattr("danvan.matters.actions.topics.train", learned.extend)
    told(world.xa_binh_an, content="Chỉ người dân chọn lĩnh vực này.")
    answered = told(world.xa_binh_an, content="Người dân chọn, cán bộ đã trả lời.")
    does(nam, "answer", answered, text="Xong.")
    told(world.xa_binh_an, by=nam.by, intake=Intake.PAPER, content="Cán bộ ghi lĩnh vực.")
    told(world.xa_binh_an, by=nam.by, intake=Intake.PAPER, content="Minh họa.", is_illustration=True)
    told(world.xa_binh_an, by=nam.by, intake=Intake.PAPER, content="Không rõ.", field=Field.OTHER)
    told(world.xa_binh_an, by=nam.by, intake=Intake.PAPER, content="Tố cáo.", kind=Kind.DENUNCIATION)
    learn_topics()
    assert {content for content, _field in learned} == {"Người dân chọn, cán bộ đã trả lời.", "Cán bộ ghi lĩnh vực."}


def test_when_there_is_too_little_left_the_old_file_goes(world):
    topics_file().write_text("{}")
    learn_topics()
    assert not topics_file().exists()
