"""A stripped copy of a sealed letter reaches the case; the letter itself stays sealed."""

from datetime import timedelta

import pytest

from danvan.matters.actions import Said, Sender, receive
from danvan.matters.kinds import Intake, Kind
from danvan.matters.models import Attachment, Matter
from danvan.people.actions import appoint_custodian, ask_opening, consent, set_passphrase
from danvan.people.kinds import Side
from danvan.people.models import SealedFile
from tests.matters.portal_walk import a_photo, text
from tests.world import AT, Officer, an_officer

BRIBE = "Cán bộ địa chính nhận tiền để cấp giấy chứng nhận trái quy định, có biên nhận kèm theo."
PHRASE = "bốn con cò bay ngang {}"


@pytest.fixture
def keepers(world, tu) -> dict[Side, Officer]:
    found = {}
    for side, name in ((Side.FIRST, "Phan Quốc Bình"), (Side.SECOND, "Lâm Hải Yến")):
        found[side] = an_officer(name=name, unit=world.ubnd_binh_an, title=f"Công chức {side}")
        made = appoint_custodian(
            unit_id=world.ubnd_binh_an.id, account_id=found[side].account.pk, side=side, by=tu.by, at=AT
        )
        set_passphrase(custodian_id=made.pk, passphrase=PHRASE.format(side), by=found[side].by, at=AT)
    return found


@pytest.fixture
def denounced(world, nam, keepers) -> Matter:
    said = Said(content=BRIBE, area_id=world.xa_binh_an.id, kind=Kind.DENUNCIATION, intake=Intake.PAPER,
                unit_id=world.ubnd_binh_an.id, sender=Sender(name="Tô Ngọc Vân Khánh"),
                photos=[a_photo().read()])  # fmt: skip
    return receive(said=said, by=nam.by, at=AT).matter


@pytest.fixture
def address(denounced, nam, keepers, frozen, world) -> str:
    """After both sides consented: the second one has seen the letter."""
    asked = ask_opening(identity_id=denounced.identity_id, purpose="Mời làm việc", by=nam.by,
                        unit_id=world.ubnd_binh_an.id, at=AT)  # fmt: skip
    for side in Side:
        consent(opening_id=asked.pk, passphrase=PHRASE.format(side), by=keepers[side].by, at=AT)
    return f"/ban-da-che/{denounced.identity_id}/"


def test_the_copy_becomes_an_attachment_and_the_letter_stays_sealed(address, denounced, keepers, sign_in, nam):
    client = sign_in(keepers[Side.SECOND])
    response = client.post(address, {"number": "1", "photos": a_photo("red")})
    assert (response.status_code, response.headers["Location"]) == (302, address)
    assert (Attachment.objects.get().matter_id, SealedFile.objects.count()) == (denounced.pk, 1)
    assert sign_in(nam).get(f"/viec/{denounced.code}/anh/1/").status_code == 200
    assert "Đã đưa bản đã che của tệp 1" in text(client.get(address))


@pytest.mark.parametrize("who", ["nam", "tu", "thu", "lan", "vu"])
def test_whoever_did_not_open_it_finds_no_such_page(address, request, sign_in, who):
    client = sign_in(request.getfixturevalue(who))
    assert (client.get(address).status_code, client.post(address, {"number": "1"}).status_code) == (404, 404)
    assert Attachment.objects.count() == 0


def test_the_side_that_only_passed_its_part_on_saw_nothing_and_gives_nothing_out(address, keepers, sign_in):
    assert sign_in(keepers[Side.FIRST]).get(address).status_code == 404


def test_after_seven_days_nothing_more_is_given_out(address, keepers, sign_in, frozen):
    frozen.move_to(AT + timedelta(days=8))
    assert sign_in(keepers[Side.SECOND]).get(address).status_code == 404


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"number": "1"}, "Hãy chọn ảnh đã che."),
        ({"number": "2", "photos": "photo"}, "Hãy chọn"),
        ({"number": "1", "photos": "script"}, "không phải là ảnh"),
    ],
)
def test_what_cannot_be_given_out_is_told_at_its_field(address, keepers, sign_in, sent, sentence):
    files = {"photo": a_photo(), "script": type(a_photo())(b"MZ no photo")}
    given = {key: files.get(value, value) for key, value in sent.items()}
    response = sign_in(keepers[Side.SECOND]).post(address, given)
    assert (response.status_code, Attachment.objects.count()) == (422, 0)
    assert sentence in text(response)
