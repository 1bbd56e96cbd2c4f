"""Papers of complaints, denunciations and letters: the form of State papers, the facts of the case, nobody's name."""

import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from danvan.base.errors import Invalid
from danvan.base.ids import new_code
from danvan.base.official import as_docx, as_pdf
from danvan.matters.actions import LetterSaid, Said, Sender, register_letter
from danvan.matters.documents import wordings
from danvan.matters.documents.bases import bases
from danvan.matters.documents.case_papers import act_paper, letter_paper, wording_for
from danvan.matters.documents.faults import faults
from danvan.matters.documents.wordings import SHIPPED, Faulty, own_folder, shipped_keys, wording
from danvan.matters.kinds import Finding, Kind, LetterWay, Outcome, Reason, Writer
from danvan.matters.models import Act, Case, Letter
from danvan.matters.queries.case_papers import act_facts, draft_facts, letter_facts
from danvan.rules.papers import FOR_OTHERS, NAMES, OF_LETTERS, named_papers_of, papers_of
from danvan.rules.procedure import ACTS, DENUNCIATIONS, Procedure
from danvan.units.models import UnitVersion
from danvan.web.cli import main
from tests.matters.petitions import WALL, a_complaint, a_denunciation, did
from tests.matters.test_denouncers import custody  # noqa: F401 -- a fixture
from tests.matters.told import at
from tests.world import AT, MAU, TODAY, an_officer

LATER = TODAY + timedelta(days=60)
HOA = Sender(name="Trần Thị Hoa", phone="0912345678", email="hoa@vidu.vn", address="số 5, ấp Tân Lập")
SECRETS = ("Trần Thị Hoa", "Thị Hoa", "0912345678", "0912.345.678", "hoa@vidu.vn", "ấp Tân Lập")
HEADER = 56
"""Points of the top margin, in which the number of the page stands."""
NATIONAL = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def pdf_text(paper) -> str:
    pages = pypdfium2.PdfDocument(as_pdf(paper))
    text = "\n".join(page.get_textpage().get_text_bounded(top=page.get_height() - HEADER) for page in pages)
    return " ".join(text.split())


def word_text(paper) -> str:
    """Everything in a Word file, boxes and tables included, in reading order."""
    body = docx.Document(io.BytesIO(as_docx(paper))).element.body
    paragraphs = ("".join(node.text or "" for node in each.iter(qn("w:t"))) for each in body.iter(qn("w:p")))
    return "\n".join(text for text in paragraphs if text.strip())


def squeezed(text: str) -> str:
    """Without what a line break may add or take: blanks and hyphens."""
    return "".join(text.replace("-", "").replace("\x02", "").replace("\ufffe", "").split())


def of(case: Case, officer, *, key: str = "", paper: str = ""):
    """The paper of the newest act, or of the newest with this key."""
    acts = Act.objects.filter(case=case, **({"key": key} if key else {}))
    facts = act_facts(code=case.lead.code, ordinal=acts.latest("ordinal").ordinal, by=officer.by, on=LATER)
    return act_paper(facts, paper, is_draft=False)[1]


def draft(case: Case, key: str, officer, *, paper: str = "", when=AT):
    facts = draft_facts(code=case.lead.code, key=key, by=officer.by, at=when, on=when.date())
    return act_paper(facts, paper, is_draft=True)[1]


@pytest.fixture
def symbol(world):
    UnitVersion.objects.filter(unit__in=[world.ubnd_binh_an, world.ubnd_tinh]).update(symbol="UBND")


@pytest.fixture
def own(settings, tmp_path) -> Path:
    """The operator's own wordings, in an empty home."""
    settings.HOME = tmp_path
    (tmp_path / "papers").mkdir()
    return tmp_path / "papers"


def a_letter(world, nam, *contents, **said) -> Letter:
    given = [Said(content=text, area_id=world.xa_binh_an.id, kind=kind, unit_id=world.ubnd_binh_an.id, sender=sender)
             for kind, text, sender in contents]  # fmt: skip
    return register_letter(letter=LetterSaid(**{"way": LetterWay.POST} | said), contents=given, by=nam.by, at=AT).letter


# Every paper of every procedure


PHASES = {Procedure.SECOND_COMPLAINT: "ubnd_tinh"}
PAPERS = [
    (procedure, key, paper)
    for procedure in Procedure
    for key, rule in ACTS.items()
    if procedure in rule.procedures
    for paper in papers_of(key)
]


@pytest.fixture
def cases(world) -> dict[Procedure, Case]:
    """One case of each procedure with everything known, so that every act may be drafted in any phase."""
    made = {p: a_complaint(world.xa_binh_an, procedure=p) for p in (Procedure.COMPLAINT, Procedure.DISCIPLINARY)}
    made[Procedure.SECOND_COMPLAINT] = a_complaint(
        world.xa_binh_an, procedure=Procedure.SECOND_COMPLAINT, said={"unit_id": world.ubnd_tinh.id}
    )
    for procedure in DENUNCIATIONS:
        made[procedure] = a_denunciation(world.xa_binh_an, procedure=procedure)
    return made


@pytest.mark.parametrize("procedure", list(Procedure))
def test_every_paper_of_a_procedure_can_be_made_in_both_kinds_of_file(cases, lan, procedure):
    case = cases[procedure]
    for _procedure, key, paper in (row for row in PAPERS if row[0] is procedure):
        phase = min(ACTS[key].phases)
        Act.objects.filter(case=case).delete()
        Act.objects.create(home_area=case.home_area, case=case, ordinal=1, key=key, on=TODAY, recorded_at=AT,
                           text="Dòng một.\nDòng hai.", number="7/QĐ-UBND" if paper == ACTS[key].paper else "",
                           addressee="Thanh tra tỉnh", place="Trụ sở", until=LATER)  # fmt: skip
        Case.objects.filter(pk=case.pk, phase=phase).update(closed_on=None)
        made = of(case, lan, paper=paper)
        pdf, word = squeezed(pdf_text(made)), word_text(made)
        assert [line for line in word.splitlines() if squeezed(line) not in pdf] == [], (key, paper)
        assert all(line in word for line in NATIONAL), (key, paper)
        assert "{" not in word and "}" not in word and "None" not in word, (key, paper)


def test_every_shipped_wording_is_the_paper_of_some_act_or_letter():
    used = {wording_for(paper, procedure).key for procedure, _key, paper in PAPERS}
    assert used | set(OF_LETTERS.values()) == set(shipped_keys())
    assert {paper for _procedure, _key, paper in PAPERS} | set(OF_LETTERS.values()) == set(NAMES)


def test_an_act_lists_its_own_paper_first_and_what_goes_with_it():
    assert named_papers_of("conclude") == [
        ("conclusion", "Kết luận nội dung tố cáo"),
        ("conclusion-notice", "Thông báo kết luận cho người tố cáo"),
    ]
    assert papers_of("send") == ()


# The form


def test_a_decision_has_the_boxes_of_the_decree_in_their_order(world, nam, symbol):
    case = a_complaint(world.xa_binh_an)
    did(nam, "accept", case, number="5/TB-UBND")
    did(nam, "decide", case, when=at(4), number="8/QĐ-UBND", signer="Lê Văn Tư", outcome=Outcome.PARTLY,
        findings={1: Finding.WRONG, 2: Finding.RIGHT}, text="Hồ sơ đủ.\nGiá tính thấp.")  # fmt: skip
    lines = word_text(of(case, nam)).splitlines()
    boxes = [
        "ỦY BAN NHÂN DÂN", "XÃ BÌNH AN", *NATIONAL, "Số: 08/QĐ-UBND", "Bình An, ngày 16 tháng 3 năm 2026",
        "QUYẾT ĐỊNH", "Về việc giải quyết khiếu nại lần đầu", "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BÌNH AN",
        "Căn cứ Luật Khiếu nại ngày 11 tháng 11 năm 2011;", "QUYẾT ĐỊNH:", "Điều 1. Kết quả giải quyết", "Nơi nhận:",
        "- Như Điều 4;", "- Lưu: VT, hồ sơ.", "CHỦ TỊCH", "Lê Văn Tư",
    ]  # fmt: skip
    places = []
    for box in boxes:
        places.append(lines.index(box, places[-1] + 1 if places else 0))
    assert places == sorted(places)
    for fact in ("1. Hủy quyết định thu hồi: sai.", "2. Bồi thường đúng giá: đúng.", "Hồ sơ đủ.", "Giá tính thấp.",
                 "Nội dung khiếu nại: đúng một phần."):  # fmt: skip
        assert fact in lines


def test_a_letter_of_the_office_has_its_subject_under_the_number_and_no_kind(world, nam, symbol):
    case = a_denunciation(world.xa_binh_an)
    did(nam, "forward", case, addressee="Thanh tra tỉnh Mẫu", number="3/UBND")
    made = of(case, nam, paper="forwarding")
    lines = word_text(made).splitlines()
    assert (made.kind_title, made.abstract) == ("", ())
    number = next(i for i, text in enumerate(lines) if text.startswith("Số:"))
    assert lines[number + 1] == "V/v chuyển đơn để xem xét, giải quyết theo thẩm quyền"
    assert "Kính gửi: Thanh tra tỉnh Mẫu" in lines


def test_whoever_signs_for_another_is_printed_under_the_authority_typed_with_the_act(world, nam):
    case = a_complaint(world.xa_binh_an)
    did(nam, "accept", case, signer="KT. Chủ tịch, Phó Chủ tịch, Lê Văn B")
    made = of(case, nam)
    assert (made.signer, made.signer_name) == (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Lê Văn B")


@pytest.mark.parametrize(
    ("key", "values", "last_but_one", "last"),
    [("dialogue", {}, "Người khiếu nại", "Chủ trì đối thoại")],
)
def test_minutes_are_signed_by_everybody_who_was_there(world, nam, key, values, last_but_one, last):
    case = a_complaint(world.xa_binh_an)
    did(nam, "accept", case)
    did(nam, key, case, when=at(3), number="", **values)
    made = of(case, nam)
    assert made.number == ""
    assert (made.signatures[0].title, made.signatures[-1].title) == (last_but_one, last)


def test_the_police_print_the_body_above_them_and_their_own_head(world):
    case = a_complaint(world.xa_binh_an, said={"unit_id": world.cong_an_binh_an.id})
    police = an_officer(name="Phạm Văn An", unit=world.cong_an_binh_an)
    did(police, "accept", case)
    made = of(case, police)
    assert (made.superior, made.issuer, made.signer) == (
        "CÔNG AN TỈNH MẪU", ("CÔNG AN XÃ BÌNH AN",), ("TRƯỞNG CÔNG AN",)
    )  # fmt: skip


def test_a_blank_at_the_end_of_a_paragraph_runs_to_the_margin(world, nam):
    text = letter_paper(
        letter_facts(letter_id=a_complaint(world.xa_binh_an).lead.letter_id, by=nam.by, on=TODAY), "bien-nhan"
    )[1].body
    assert [part for part in text if isinstance(part, str) and part.endswith("\t")][:2] == [
        "Họ và tên:\t",
        "Địa chỉ liên hệ:\t",
    ]


def test_several_addressees_stand_in_a_list(world, nam):
    case = a_complaint(world.xa_binh_an)
    did(nam, "accept", case)
    made = replace(of(case, nam), addressees=("Ông A", "Bà B"))
    lines = word_text(made).splitlines()
    begins = lines.index("Kính gửi:")
    assert lines[begins : begins + 3] == ["Kính gửi:", "- Ông A;", "- Bà B."]
    assert "Kính gửi: - Ông A; - Bà B." in pdf_text(made)


def test_a_transfer_is_the_paper_of_whoever_passed_the_case_on(world, nam):
    case = a_complaint(world.xa_binh_an)
    did(nam, "transfer", case, unit_id=world.so_xay_dung.id)
    builder = an_officer(name="Lê Văn Xây", unit=world.so_xay_dung)
    made = of(case, builder)
    assert (made.issuer_name, made.addressees) == ("Ủy ban nhân dân xã Bình An", ("Sở Xây dựng tỉnh Mẫu",))
    assert draft(case, "accept", builder, when=at(1)).issuer_name == "Sở Xây dựng tỉnh Mẫu"


def test_the_party_is_not_given_the_form_of_the_state(world):
    case = a_complaint(world.xa_binh_an, said={"unit_id": world.dang_uy_binh_an.id})
    with pytest.raises(Invalid, match="thể thức"):
        draft(case, "accept", an_officer(name="Đỗ Văn Đảng", unit=world.dang_uy_binh_an))


@pytest.mark.parametrize("made_up", [True, False])
def test_what_was_made_up_for_the_demonstration_says_so_on_paper(world, nam, made_up):
    case = a_complaint(world.xa_binh_an, said={"is_illustration": made_up})
    Letter.objects.update(is_illustration=made_up)
    did(nam, "accept", case)
    receipt = letter_paper(letter_facts(letter_id=case.lead.letter_id, by=nam.by, on=TODAY), "bien-nhan")[1]
    for made in (of(case, nam), receipt):
        assert ("Minh họa: " in word_text(made), "Minh họa: " in pdf_text(made)) == (made_up, made_up)


# The law of the day


@pytest.mark.parametrize(
    ("day", "amended"), [(date(2026, 6, 30), False), (date(2026, 7, 1), True)], ids=["before", "after"]
)
@pytest.mark.parametrize("procedure", [Procedure.COMPLAINT, Procedure.DENUNCIATION, None])
def test_a_paper_names_the_laws_in_force_on_its_day(procedure, day, amended):
    named = bases(procedure, "Sở Xây dựng", day)
    assert any("Luật số 136/2025/QH15" in law for law in named) is amended
    assert len(named) == 2 and all(law.startswith("Căn cứ ") for law in named)


def test_an_acceptance_tells_until_when_and_why(world, nam):
    case = a_complaint(world.xa_binh_an, criteria=frozenset({"foreign"}))
    did(nam, "accept", case)
    text = pdf_text(of(case, nam))
    assert "Thời hạn giải quyết là 45 ngày kể từ ngày thụ lý, đến hết ngày 28/04/2026." in text
    assert "tối đa 45 ngày tính từ cùng ngày bắt đầu, thay cho 30 ngày, không cộng thêm." in text
    assert "Lùi đến hết ngày làm việc kế tiếp: thứ ba 28/04/2026" in text
    assert "Căn cứ: Luật Khiếu nại 02/2011/QH13, Điều 28." in text


def test_a_draft_shows_the_clock_that_would_start_today_and_says_that_it_is_a_draft(world, nam):
    text = pdf_text(draft(a_complaint(world.xa_binh_an), "accept", nam))
    assert "DỰ THẢO" in text and "đến hết ngày 13/04/2026" in text


def test_a_paper_printed_again_says_what_held_when_it_was_made(world, nam, tu):
    case = a_denunciation(world.xa_binh_an, criteria=frozenset({"foreign"}))
    did(nam, "accept-denunciation", case)
    before = as_pdf(of(case, nam))
    did(tu, "extend", case, when=at(5), days=30)
    assert as_pdf(of(case, nam, key="accept-denunciation")) == before
    assert "thêm 30 ngày" in pdf_text(of(case, nam)) and "đến hết ngày 11/05/2026" in pdf_text(of(case, nam))


def test_a_content_that_was_withdrawn_is_no_longer_in_the_papers(world, nam):
    case = a_complaint(world.xa_binh_an)
    did(nam, "accept", case)
    did(nam, "withdraw-part", case, when=at(1), number="", points=(1,))
    did(nam, "verify", case, when=at(2))
    assert "Hủy quyết định thu hồi" not in word_text(of(case, nam)).replace("quyết định thu hồi 40", "")
    assert "1. Hủy quyết định thu hồi." in word_text(of(case, nam, key="accept"))


# Nobody is named


def all_papers(case: Case, officer) -> list[str]:
    texts = []
    for act in Act.objects.filter(case=case).order_by("ordinal"):
        facts = act_facts(code=case.lead.code, ordinal=act.ordinal, by=officer.by, on=LATER)
        for paper in papers_of(act.key):
            made = act_paper(facts, paper, is_draft=False)[1]
            texts.append(pdf_text(made) + word_text(made) + str(as_docx(made)))
    return texts


def test_who_denounced_stands_in_none_of_the_papers(world, nam, tu, custody):  # noqa: F811
    case = a_denunciation(world.xa_binh_an, said={"sender": HOA})
    did(nam, "accept-denunciation", case)
    did(nam, "notify", case, when=at(1), number="")
    did(nam, "verify", case, when=at(1))
    did(tu, "suspend-denunciation", case, when=at(2))
    did(nam, "notify-suspension", case, when=at(2), number="")
    did(tu, "continue", case, when=at(4))
    did(nam, "keep-on", case, when=at(5), number="")
    did(nam, "conclude", case, when=at(6), outcome=Outcome.WRONG)
    did(nam, "publish", case, when=at(7), number="", place="Trụ sở UBND xã", until=LATER)
    papers = all_papers(case, nam)
    assert len(papers) == 11
    assert [secret for secret in SECRETS for text in papers if secret in text] == []


def test_who_complains_is_a_blank_to_be_written_in_by_hand(world, nam):
    case = a_complaint(world.xa_binh_an, said={"sender": HOA})
    did(nam, "accept", case)
    did(nam, "decide", case, when=at(1), outcome=Outcome.RIGHT, findings={1: Finding.RIGHT, 2: Finding.RIGHT})
    papers = all_papers(case, nam)
    assert [secret for secret in SECRETS for text in papers if secret in text] == []
    letter = case.lead.letter
    assert all(f"(theo đơn số {letter.number}/{letter.year})" in " ".join(text.split()) for text in papers)


def test_a_paper_for_everybody_hides_names_that_officers_typed(world, nam):
    case = a_complaint(world.xa_binh_an, subject="Khiếu nại việc ông Nguyễn Văn Bảy, số 0987654321, bị thu hồi đất")
    did(nam, "accept", case)
    did(nam, "decide", case, when=at(1), outcome=Outcome.RIGHT, findings={1: Finding.RIGHT, 2: Finding.RIGHT})
    did(nam, "publish", case, when=at(2), number="", place="Trụ sở UBND xã", until=LATER)
    shown = word_text(of(case, nam))
    assert "Nguyễn Văn Bảy" not in shown and "0987654321" not in shown
    assert "Nguyễn Văn Bảy" in word_text(of(case, nam, key="decide"))


@pytest.mark.parametrize("paper", sorted(FOR_OTHERS))
def test_an_operators_wording_cannot_unhide_names(world, nam, own, paper):
    (own / f"{paper}.txt").write_text("Tên: X\nLoại: X\n\n{nội dung vụ việc} {các nội dung} {nội dung ghi}\n")
    case = a_denunciation(world.xa_binh_an, subject="Tố cáo ông Nguyễn Văn Bảy nhận tiền")
    did(nam, "accept-denunciation", case)
    did(nam, "notify", case, number="", text="Ông Nguyễn Văn Bảy, điện thoại 0987654321.")
    did(nam, "conclude", case, outcome=Outcome.RIGHT, text="Ông Nguyễn Văn Bảy, điện thoại 0987654321.")
    did(nam, "publish", case, number="", place="Trụ sở", until=LATER, text="Ông Nguyễn Văn Bảy, 0987654321.")
    key = {"publication": "publish", "content-notice": "notify", "conclusion-notice": "conclude"}[paper]
    shown = word_text(of(case, nam, key=key, paper=paper))
    assert "Nguyễn Văn Bảy" not in shown and "0987654321" not in shown


def test_the_papers_of_a_letter_name_nobody_and_give_the_codes_to_track_it(world, nam):
    letter = a_letter(
        world, nam, (Kind.COMPLAINT, WALL, HOA), (Kind.REFLECTION, "Đường ấp 3 lầy lội suốt mùa mưa.", HOA)
    )
    facts = letter_facts(letter_id=letter.pk, by=nam.by, on=TODAY)
    texts = [word_text(letter_paper(facts, name)[1]) for name in OF_LETTERS]
    assert [secret for secret in SECRETS for text in texts if secret in text] == []
    codes = letter.matters.order_by("part").values_list("code", flat=True)
    assert [f"Mã {codes[0]}: khiếu nại." in texts[0], f"Mã {codes[1]}: phản ánh." in texts[0]] == [True, True]


def test_a_letter_of_two_hundred_says_how_many_and_not_who(world, nam):
    letter = a_letter(world, nam, (Kind.COMPLAINT, WALL, HOA), writer=Writer.GROUP, signers=200)
    text = word_text(letter_paper(letter_facts(letter_id=letter.pk, by=nam.by, on=TODAY), "bien-nhan")[1])
    assert "Số người cùng đứng tên: 200." in text


# Words of the operator's own


def test_a_file_of_the_operators_wins(world, nam, own):
    (own / "complaint-acceptance.txt").write_text(
        "Tên: Thông báo riêng\nLoại: THÔNG BÁO\nKý hiệu: TBR\nTrích yếu: Của xã\nKý: {chức danh người đứng đầu}\n\n"
        "? Bỏ vì trống: {lý do}\nVụ việc {mã vụ việc}, vì {lý do}, hạn {hạn giải quyết}.\n"
    )
    case = a_complaint(world.xa_binh_an)
    did(nam, "accept", case)
    lines = word_text(of(case, nam)).splitlines()
    assert f"Vụ việc {case.lead.code}, vì {wordings.DOTS}, hạn 13/04/2026." in lines
    assert not [text for text in lines if "Bỏ vì trống" in text]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Tên: X\n\nHạn {hạn giải quyêt}.\n", "dòng 3.*hạn giải quyêt.*Có phải “{hạn giải quyết}”"),
        ("Tên: X\nTrích yếu: {họ tên người tố cáo}\n\nA\n", "dòng 2.*họ tên người tố cáo"),
        ("Tên: X\n\nHạn {hạn giải quyết.\n", "dòng 3.*ngoặc nhọn"),
        ("Tên: X\n\nHạn hạn giải quyết}.\n", "dòng 3.*ngoặc nhọn"),
        ("Tên: X\n\nHạn {{hạn giải quyết}}.\n", "dòng 3.*ngoặc nhọn"),
        ("Tên: X\nMàu: đỏ\n\nA\n", "dòng 2.*phần đầu chỉ có"),
        ("Tên: X\nTên: Y\n\nA\n", "dòng 2.*hai lần"),
        ("Tên: X\n", "thiếu phần đầu"),
        ("", "thiếu phần đầu"),
        (b"T\xean: X\n\nA\n", "UTF-8"),
    ],
)
def test_a_file_with_a_fault_is_refused_loudly_and_the_other_papers_go_on(world, nam, own, sign_in, text, says):
    (own / "refusal.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(Faulty, match=says):
        wording("refusal")
    assert [sentence for sentence in faults() if "refusal.txt" in sentence] == faults() != []
    case = a_complaint(world.xa_binh_an)
    other = word_text(draft(case, "accept", nam))
    did(nam, "refuse", case, reason=Reason.LATE)
    answer = sign_in(nam).get(f"/viec/{case.lead.code}/giay/1.docx")
    assert (answer.status_code, "refusal.txt" in answer.content.decode()) == (409, True)
    assert "thụ lý" in other


@pytest.mark.parametrize(
    "text", ["[[law]]\ntext = 'X'\n", "law = 3", "[[law", '[[law]]\ntext="X"\nfor=["letter"]\nfrom="hôm nay"']
)
def test_laws_that_cannot_be_read_are_refused(own, text):
    (own / "bases.toml").write_text(text)
    with pytest.raises(Faulty, match=r"bases\.toml"):
        bases(None, "", TODAY)
    assert len(faults()) == 1


def test_a_file_nobody_reads_is_told_to_the_operator(own):
    (own / "refusall.txt").write_text("Tên: X\n\nA\n")
    assert faults() == [f"{own_folder() / 'refusall.txt'}: không phải tên của mẫu văn bản nào."]


def test_the_shipped_wordings_have_no_fault_and_are_written_out_to_start_from(tmp_path, capsys, own):
    assert faults() == []
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "decision.txt").write_text("của tôi")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("danvan.web.commands.database.ready", lambda **_: None)
        assert main(["papers", "export", str(tmp_path / "mine")]) == 0
        assert main(["papers", "check"]) == 0
        assert main(["papers", "names"]) == 0
    assert {path.name for path in (tmp_path / "mine").iterdir()} == {path.name for path in SHIPPED.iterdir()}
    assert (tmp_path / "mine" / "decision.txt").read_text() == "của tôi"
    assert "{hạn giải quyết}" in capsys.readouterr().out


def test_what_people_typed_is_never_read_as_a_name_to_fill_in(world, nam):
    case = a_complaint(world.xa_binh_an, subject="Về {hạn giải quyết} và {không có} #panic() *a*")
    did(nam, "accept", case, text="{số đơn} ? ~ = ^ #")
    shown = word_text(of(case, nam))
    assert "Về {hạn giải quyết} và {không có} #panic() *a*" in shown and "{số đơn} ? ~ = ^ #" in shown


# Pages


def test_papers_are_handed_out_to_whoever_may_read_the_matter(world, nam, tu, lan, kim, sign_in):
    case = a_complaint(world.xa_binh_an)
    did(nam, "accept", case)
    code = case.lead.code
    for officer in (nam, tu, lan, kim):
        answer = sign_in(officer).get(f"/viec/{code}/giay/1.docx")
        assert answer.status_code == 200
        assert answer["Content-Disposition"] == f'attachment; filename="{code}-complaint-acceptance.docx"'
    pdf = sign_in(nam).get(f"/viec/{code}/giay/1.pdf")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_stranger_an_unknown_paper_and_an_unknown_act_are_all_absent(world, nam, thu, sign_in, client):
    case = a_complaint(world.xa_binh_an)
    did(nam, "accept", case)
    code = case.lead.code
    letter = case.lead.letter
    assert sign_in(nam).get(f"/viec/{code}/giay/nhap/decide.docx?nhap=1").status_code == 200
    assert sign_in(nam).get(f"/don/{letter.pk}/giay/bien-nhan.pdf").status_code == 200
    for path in (
        f"/viec/{code}/giay/1.docx",
        f"/viec/{code}/giay/nhap/decide.docx",
        f"/don/{letter.pk}/giay/bien-nhan.docx",
    ):
        assert sign_in(thu).get(path).status_code == 404, path
        assert client.get(path).status_code == 302, path
    for path in ("2.docx", "1.odt", "1/decision.docx", "nhap/accept.docx", "nhap/ask.docx", "nhap/nothing.docx",
                 "nhap/decide/receipt.pdf"):  # fmt: skip
        assert sign_in(nam).get(f"/viec/{code}/giay/{path}").status_code == 404, path
    assert sign_in(nam).get(f"/don/{letter.pk}/giay/quyet-dinh.docx").status_code == 404
    assert sign_in(nam).get(f"/viec/{new_code(MAU)}/giay/1.docx").status_code == 404
    plain = a_letter(world, nam, (Kind.REFLECTION, "Đường ấp 3 lầy lội suốt mùa mưa.", Sender()))
    assert sign_in(nam).get(f"/viec/{plain.matters.get().code}/giay/1.docx").status_code == 404


@pytest.mark.parametrize("points", [("Một.",), ("Một.", "Hai.", "Ba.")])
def test_a_paper_costs_the_same_whatever_the_number_of_contents(world, nam, django_assert_num_queries, points):
    case = a_complaint(world.xa_binh_an, points=points)
    did(nam, "accept", case)
    with django_assert_num_queries(13):
        act_facts(code=case.lead.code, ordinal=1, by=nam.by, on=LATER)
