"""Papers come in wherever photos do, under a name of ours; what is stamped or shows a card leaves nothing behind."""

import io
import logging

import docx
import pypdf
import pytest
import segno
from django.contrib.sessions.models import Session
from PIL import Image

from danvan.base.errors import Invalid
from danvan.matters.actions import enclosures
from danvan.matters.models import Attachment, Matter
from danvan.matters.queries.detail import detail
from tests.matters.portal_walk import CONTENT, a_photo, fill_in, open_story, send, text
from tests.matters.told import does, told
from tests.world import TODAY

pytestmark = pytest.mark.usefixtures("frozen")
CARD = "092085001234|362145879|Nguyễn Thị Hoa|01011962|Nữ|Ấp 3, xã Bình An|01022022"


def a_pdf(name="Đơn của bà Nguyễn Thị Hoa 0912345678.pdf"):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": "Nguyen Thi Hoa"})
    file = io.BytesIO()
    writer.write(file)
    return named(file.getvalue(), name)


def a_docx(words="Đơn xin sửa cầu.", name="don.docx"):
    document = docx.Document()
    document.add_paragraph(words)
    file = io.BytesIO()
    document.save(file)
    return named(file.getvalue(), name)


def a_card():
    image, code = Image.new("RGB", (900, 600), "white"), io.BytesIO()
    segno.make(CARD, micro=False).save(code, kind="png", scale=5)
    image.paste(Image.open(code).convert("RGB"), (200, 100))
    file = io.BytesIO()
    image.save(file, "JPEG")
    return named(file.getvalue(), "the.jpg")


def named(data, name):
    file = io.BytesIO(data)
    file.name = name
    return file


def kept():
    return list(Attachment.objects.order_by("number").values_list("number", "media_type"))


@pytest.fixture
def stored(settings):
    """The files on the disk, whatever rows say."""
    return lambda: [path for path in settings.FILES_ROOT.rglob("*") if path.is_file()]


def test_a_citizen_sends_photo_and_papers_and_reads_them_back_under_our_names(world, client):
    matter, pin = send(client, world.xa_binh_an, photos=[a_pdf(), a_photo(), a_docx()])
    assert [kind.rpartition("/")[2][:4] for _number, kind in kept()] == ["jpeg", "pdf", "vnd."]
    story = open_story(client, matter.code, pin)
    page = text(client.get(story))
    assert "Giấy tờ 2" in page and "Giấy tờ 3" in page and "Hoa" not in page
    paper = client.get(f"{story}anh/2/")
    assert (paper["Content-Type"], paper["Content-Disposition"]) == (
        "application/pdf",
        'attachment; filename="giay-to-2.pdf"',
    )
    assert b"Nguyen Thi Hoa" not in paper.content
    assert client.get(f"{story}anh/1/")["Content-Disposition"] == 'inline; filename="anh-1.jpeg"'


def test_the_draft_shows_a_paper_by_our_name_and_lets_it_be_taken_away(world, client):
    fill_in(client, world.xa_binh_an, photos=a_pdf())
    page = text(client.get("/gui/noi-dung/"))
    assert "giay-to-1.pdf" in page and "Hoa" not in page
    assert "giay-to-1.pdf" in text(client.get("/gui/xem-lai/"))
    after = text(client.post("/gui/noi-dung/", {"content": CONTENT, "field": "roads", "remove": "1"}))
    assert "giay-to-1.pdf" not in after


def test_an_officer_answers_with_a_paper_that_the_sender_reads(world, nam, client, sign_in):
    matter, pin = send(client, world.xa_binh_an)
    response = sign_in(nam).post(f"/viec/{matter.code}/buoc/answer/", {
        "answer-seen": 1, "answer-text": "Đã sửa, kèm biên bản nghiệm thu.", "answer-photos": a_pdf(),
    })  # fmt: skip
    assert response.status_code == 302
    assert "Giấy tờ 1" in text(client.get(open_story(client, matter.code, pin)))
    assert "Giấy tờ 1" in text(sign_in(nam).get(f"/viec/{matter.code}/"))


def test_the_intake_desk_adds_papers(world, nam, sign_in):
    form = {"intake": "paper", "received_on": "12/03/2026", "kind": "reflection", "field": "roads", "reply_by": "none",
            "place_typed": "xã Bình An", "area": world.xa_binh_an.id, "content": CONTENT, "key": "k"}  # fmt: skip
    assert sign_in(nam).post("/viec/moi/", form | {"photos": [a_docx(), a_photo()]}).status_code == 302
    assert [number for number, _kind in kept()] == [1, 2]


def test_numbers_on_the_officers_page_are_those_under_which_files_are_kept(world, nam):
    matter = told(world.xa_binh_an, photos=[a_pdf().read(), a_photo("red").read()])
    does(nam, "answer", matter, text="Xong.", photos=[a_docx().read(), a_photo("blue").read()])
    found = detail(code=matter.code, by=nam.by, on=TODAY)
    shown = [(number, True) for number in found.own_photos] + [(number, False) for number in found.own_papers]
    for line in found.lines:
        shown += [(number, True) for number in line.photos] + [(number, False) for number in line.papers]
    assert shown == [(number, kind.startswith("image/")) for number, kind in kept()]


def test_a_stranger_gets_no_paper(world, thu, sign_in):
    matter = told(world.xa_binh_an, photos=[a_pdf().read()])
    assert sign_in(thu).get(f"/viec/{matter.code}/anh/1/").status_code == 404


REFUSED = {
    "a stamped paper": (lambda: a_docx("TUYỆT MẬT"), "văn thư bảo mật"),
    "a stamp in the name": (lambda: a_docx(name="[MẬT] Kế hoạch 05.docx"), "văn thư bảo mật"),
    "a card": (a_card, "thẻ căn cước"),
    "an old Word file": (lambda: named(b"\xd0\xcf\x11\xe0" + b"\0" * 99, "don.doc"), ".docx"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_may_not_come_in_leaves_nothing_behind(world, client, stored, caplog, name):
    """No row, no file, no line in the log; the words somebody typed stay for another try."""
    file, sentence = REFUSED[name]
    before = stored()
    with caplog.at_level(logging.DEBUG):
        fill_in(client, world.xa_binh_an)
        page = client.post("/gui/noi-dung/", {"content": CONTENT, "field": "roads", "photos": file()})
    assert page.status_code == 422 and sentence in text(page) and CONTENT in text(page)
    assert (stored(), kept(), Matter.objects.count()) == (before, [], 0)
    assert [line for line in caplog.messages if "MẬT" in line or "Kế hoạch" in line] == []
    assert "Kế hoạch" not in text(page)


def test_stamped_words_are_not_even_kept_in_the_draft(world, client):
    fill_in(client, world.xa_binh_an)
    page = client.post("/gui/noi-dung/", {"content": f"TỐI MẬT\n{CONTENT} phương án 99", "field": "roads"})
    assert page.status_code == 422 and "văn thư bảo mật" in text(page)
    assert "phương án 99" not in text(client.get("/gui/noi-dung/"))
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    "words", ["Tôi quên mật khẩu dịch vụ công, nhờ xã chỉ giúp.", "Công văn đóng dấu Mật nên tôi không được xem."]
)
def test_words_that_only_sound_secret_come_in(world, words):
    assert told(world.xa_binh_an, content=words).content == words


@pytest.mark.parametrize("said", [{"content": f"MẬT\n{CONTENT}"}, {"points": ["Độ mật: Tối mật"]}])
def test_stamped_words_are_refused_whatever_door_they_come_by(world, said):
    with pytest.raises(Invalid) as refused:
        told(world.xa_binh_an, **said)
    assert (refused.value.code, Matter.objects.count()) == ("secret", 0)


def test_a_stamped_answer_is_refused(world, nam):
    matter = told(world.xa_binh_an)
    with pytest.raises(Invalid) as refused:
        does(nam, "answer", matter, text="MẬT\nPhương án")
    assert (refused.value.code, refused.value.field) == ("secret", "text")


def test_a_matter_takes_so_many_files_and_no_more(world, nam, monkeypatch):
    monkeypatch.setattr(enclosures, "MOST_ENCLOSURES", 2)
    matter = told(world.xa_binh_an, photos=[a_photo("red").read(), a_pdf().read()])
    with pytest.raises(Invalid) as refused:
        does(nam, "answer", matter, text="Xong.", photos=[a_photo("blue").read()])
    assert (refused.value.code, len(kept())) == ("enclosures-many", 2)
