"""Nothing the program shows, keeps, sends or writes down joins a denunciation with who denounced."""

import json
import logging
import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from danvan.base import files
from danvan.base.clock import day_of
from danvan.base.errors import Invalid, Refused
from danvan.matters.access import may_see, pin_key
from danvan.matters.actions import Done, LetterSaid, Said, Sender, do, receive, register_letter
from danvan.matters.kinds import Intake, Kind, LetterWay, ReplyBy
from danvan.matters.models import Attachment, Case, Letter, Matter
from danvan.outreach.models import Notice
from danvan.people.actions import appoint_custodian, set_passphrase
from danvan.people.kinds import Side
from danvan.people.models import Contact, SealedFile, SealedIdentity
from danvan.units.access import CITIZEN
from tests.matters.portal_walk import a_photo, open_story
from tests.people.test_sealed_for_good import everything, leaks  # noqa: F401 -- a fixture and its reader
from tests.world import AT, MAU, an_officer

DENOUNCER = Sender(
    name="Tô Ngọc Vân Khánh", phone="0938 271 645", email="khanh.to@thu.example", address="77B ấp Rạch Gòi"
)
SECRETS = ("Vân Khánh", "0938271645", "0938 271 645", "khanh.to@", "77B ấp", "Rạch Gòi", "rach goi", "van khanh")
BRIBE = "Cán bộ địa chính nhận tiền để cấp giấy chứng nhận trái quy định, có biên nhận kèm theo."
WALL = "Xã quyết định thu hồi 40 m² đất vườn mà không bồi thường đúng giá theo quyết định số 12."


@pytest.fixture
def custody(world, tu) -> None:
    for side, name in ((Side.FIRST, "Phan Quốc Bình"), (Side.SECOND, "Lâm Hải Yến")):
        officer = an_officer(name=name, unit=world.ubnd_binh_an, title=f"Công chức {side}")
        made = appoint_custodian(
            unit_id=world.ubnd_binh_an.id, account_id=officer.account.pk, side=side, by=tu.by, at=AT
        )
        set_passphrase(custodian_id=made.pk, passphrase=f"bốn con cò bay ngang {side}", by=officer.by, at=AT)


def denouncing(world, **said) -> Said:
    given = {"sender": DENOUNCER, "unit_id": world.ubnd_binh_an.id, "intake": Intake.PAPER,
             "points": ["Nhận tiền để cấp giấy"]} | said  # fmt: skip
    return Said(content=BRIBE, area_id=world.xa_binh_an.id, kind=Kind.DENUNCIATION, **given)


@pytest.fixture
def denounced(world, nam, custody, caplog) -> Matter:
    caplog.set_level(logging.DEBUG)
    return receive(said=denouncing(world, photos=[a_photo().read()]), by=nam.by, at=AT).matter


@pytest.fixture
def investigated(denounced, nam) -> Matter:
    """The same, with what the office itself put on file: a report between offices and evidence of a finding."""
    case = Case.objects.get(lead=denounced)
    for key, done in {
        "accept-denunciation": {},
        "report": {"files": [a_photo("blue").read()]},
        "conclude": {"outcome": "right", "findings": {1: "right"}, "evidence": {1: [a_photo("green").read()]}},
    }.items():
        do(case_id=case.pk, key=key, done=Done(**{"text": "Theo hồ sơ.", "number": "1/TB"} | done), by=nam.by, at=AT)
    return Matter.objects.select_related("current").get(pk=denounced.pk)


def on_file() -> list[bytes]:
    """What the office put on file, as it lies in the store."""
    found = []
    for digest in Attachment.objects.order_by("number").values_list("digest", flat=True):
        with files.open(digest) as file:
            found.append(file.read())
    return found


def told(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret.lower() in text.lower()]


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> Iterator[str]:
    for entry in patterns:
        here = prefix + str(entry.pattern)
        if "(" in here or "dang-xuat" in here:
            continue
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, here)
        else:
            yield here


def visited(matter: Matter) -> list[str]:
    """Every address of the program; those that want a code get that of the denunciation, also as what is looked for,
    and those that want the number of a file one after the other.
    """
    every = sorted(set(addresses(get_resolver().url_patterns)))
    filled = [re.sub("<(str:)?code>", matter.code, path) for path in every]
    asked = [path + query for path in filled if "<" not in path for query in ("", f"?q={matter.code}&folder=all")]
    numbered = [re.sub("<(int:)?number>", number, path) for path in filled if "number>" in path for number in "12"]
    return asked + [path for path in numbered if "<" not in path]


def test_the_contact_goes_under_the_seal_and_nowhere_else(denounced):
    matter = Matter.objects.get(pk=denounced.pk)
    assert (matter.contact_id, matter.reply_by, matter.identity_id is None) == (None, ReplyBy.NONE, False)
    assert (Contact.objects.count(), SealedIdentity.objects.count(), Notice.objects.count()) == (0, 1, 0)


def test_the_identity_is_kept_as_long_as_the_file_and_no_longer(denounced, nam):
    case = Case.objects.get(lead=denounced)

    def act(key: str, **done) -> None:
        do(case_id=case.pk, key=key, done=Done(**{"text": "Theo hồ sơ.", "number": "1/TB"} | done), by=nam.by, at=AT)

    assert SealedIdentity.objects.get().expires_on is None
    act("withdraw")
    assert SealedIdentity.objects.get().expires_on == date(2041, 3, 12)
    act("restore")
    assert SealedIdentity.objects.get().expires_on is None


def test_the_letter_itself_is_sealed_too_and_is_no_attachment(denounced):
    assert (Attachment.objects.count(), SealedFile.objects.count()) == (0, 1)


def test_no_row_no_file_and_no_log_line_tells(investigated, everything, caplog):  # noqa: F811
    kept = everything().decode("utf-8", "replace")
    assert (told(kept), leaks(kept), told(caplog.text)) == ([], [], [])


@pytest.mark.parametrize("who", ["nam", "tu", "lan", "sau", "kim", "vu", "mai", "thu"])
def test_no_page_no_list_no_export_and_no_error_tells(investigated, request, sign_in, who):
    """Nor does anybody reach what the office put on file who may not see the case."""
    officer = request.getfixturevalue(who)
    client = sign_in(officer)
    client.raise_request_exception = False
    shown, reached, papers = {}, {}, on_file()
    for path in visited(investigated):
        response = client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        shown[path] = told(str(response.headers) + body.decode("utf-8", "replace"))
        reached[path] = [number for number, paper in enumerate(papers, 1) if paper in body]
        assert response.status_code < 500, path
    assert {path: found for path, found in shown.items() if found} == {}
    sees = may_see(officer.by, investigated, investigated.current, day_of(AT))
    own = [f"/viec/{investigated.code}/anh/{{}}/", f"/api/v1/matters/{investigated.code}/files/{{}}"]
    assert {path: found for path, found in reached.items() if found} == {
        address.format(number): [number] for address in own for number in (1, 2) if sees
    }


def test_of_the_files_of_a_denunciation_its_sender_reads_what_is_open_and_nobody_guesses(investigated, client):
    """By code and PIN the evidence of the finding; not the report between offices, and nothing by a wrong PIN."""
    Matter.objects.filter(pk=investigated.pk).update(pin_key=pin_key(investigated.code, "123456"))
    story = open_story(client, investigated.code, "123456")
    _report, evidence = on_file()
    assert (client.get(f"{story}anh/1/").content, client.get(f"{story}anh/2/").status_code) == (evidence, 404)
    asked = {"code": investigated.code, "pin": "123456"}
    for pin, number, status in (("123456", 1, 200), ("123456", 2, 404), ("654321", 1, 404)):
        answer = client.post(f"/api/v1/track/files/{number}", json.dumps(asked | {"pin": pin}), "application/json")
        assert answer.status_code == status
    assert type(client)().get(f"{story}anh/1/").status_code == 404


def test_the_letter_stays_sealed_whatever_the_office_puts_on_file(investigated):
    assert (Attachment.objects.count(), SealedFile.objects.count()) == (2, 1)
    assert a_photo().read() not in b"".join(on_file())


@pytest.mark.parametrize(
    "typed", ["Vân Khánh", "van khanh", "0938271645", "0938 271 645", "khanh.to@thu.example", "77B"]
)
def test_no_search_finds_a_denunciation_by_who_denounced(denounced, nam, sign_in, typed):
    client = sign_in(nam)
    for path in ("/viec/", "/api/v1/matters"):
        assert denounced.code not in client.get(path, {"q": typed, "folder": "all"}).content.decode()
    assert denounced.code in client.get("/viec/", {"q": "địa chính", "folder": "all"}).content.decode()


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("content", {"content": "Tôi là To Ngoc Van Khanh, xin tố cáo cán bộ nhận tiền trái quy định."}),
        ("place", {"place": "gần nhà 77B, ấp Rạch Gòi"}),
        ("source", {"source": "Đơn bà Tô Ngọc Vân Khánh"}),
        ("points", {"points": ["Gọi lại 0938.271.645"]}),
    ],
)
def test_whatever_still_names_the_denouncer_is_refused_at_its_field(world, nam, custody, field, said):
    given = {"content": BRIBE} | said
    wanted = Said(area_id=world.xa_binh_an.id, kind=Kind.DENUNCIATION, sender=DENOUNCER, **given)
    with pytest.raises(Invalid) as refusal:
        receive(said=wanted, by=nam.by, at=AT)
    assert (refusal.value.field, told(refusal.value.sentence), Matter.objects.count()) == (field, [], 0)


def test_without_two_custodians_a_name_is_refused_and_an_anonymous_denunciation_is_not(world, nam):
    with pytest.raises(Refused, match="chưa có người giữ khóa"):
        receive(said=denouncing(world), by=nam.by, at=AT)
    assert (Matter.objects.count(), Letter.objects.count()) == (0, 0)
    matter = receive(said=denouncing(world, sender=Sender()), by=CITIZEN, at=AT).matter
    assert (Matter.objects.get(pk=matter.pk).identity_id, matter.letter.is_anonymous) == (None, True)


def test_in_a_mixed_letter_the_signed_part_does_not_name_who_denounces(world, nam, custody):
    signed = Said(content=WALL, area_id=world.xa_binh_an.id, kind=Kind.COMPLAINT, sender=DENOUNCER,
                  unit_id=world.ubnd_binh_an.id)  # fmt: skip
    letter = LetterSaid(way=LetterWay.POST)
    made = register_letter(letter=letter, contents=[signed, denouncing(world, sender=Sender())], by=nam.by, at=AT)
    own, apart = (Matter.objects.get(pk=part.matter.pk) for part in made.parts)
    assert (own.letter_id == apart.letter_id, own.case_id == apart.case_id) == (False, False)
    assert (own.contact_id is None, apart.contact_id, apart.identity_id is None) == (False, None, False)


def test_words_that_name_the_writer_of_another_part_are_refused(world, nam, custody):
    signed = Said(content=WALL, area_id=world.xa_binh_an.id, kind=Kind.COMPLAINT, sender=DENOUNCER)
    naming = Said(content=f"{BRIBE} Ký tên: Tô Ngọc Vân Khánh.", area_id=world.xa_binh_an.id, kind=Kind.DENUNCIATION)
    with pytest.raises(Invalid, match="họ tên"):
        register_letter(letter=LetterSaid(), contents=[signed, naming], by=nam.by, at=AT)
    assert (Letter.objects.count(), Matter.objects.count(), Case.objects.count()) == (0, 0, 0)


def test_the_shard_of_a_denunciation_is_that_of_its_place(denounced):
    assert denounced.home_area == MAU
