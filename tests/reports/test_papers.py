"""The official report keeps the form of the decree, says only what the sheet says, and prints the same again."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from danvan.base.errors import Absent, Invalid, Refused
from danvan.base.official import Paper, as_docx, as_pdf, dated_place, form_for
from danvan.base.official import fonts as paper_fonts
from danvan.matters.kinds import Kind
from danvan.reports.actions import Head, draw_up, issue
from danvan.reports.documents import draft_paper, issued_paper, paper_of, usual_head
from danvan.reports.kinds import Authority, Scope
from danvan.reports.models import Sheet
from danvan.reports.prose import check_file, check_text
from danvan.reports.queries import content_of
from danvan.reports.regimes import Regime
from danvan.units.models import UnitVersion
from tests.reports.conftest import AFTER, MARCH, ON, Hear, agree, answer, decide, dispute, signed, withdraw
from tests.world import Officer, World

Sheets = dict[str, Sheet]
DAY = date(2026, 3, 16)


@pytest.fixture
def worked(world: World, nam: Officer, thu: Officer, hear: Hear) -> None:
    """Every figure of the sentences is something else than zero."""
    unit = world.ubnd_binh_an
    hear(unit, "2026-02-02")
    agree(answer(hear(unit, "2026-02-16"), nam, "2026-02-25"), "2026-03-02")
    dispute(answer(hear(unit, "2026-02-17"), nam, "2026-02-26"), "2026-03-03")
    decide(hear(unit, "2026-02-17", Kind.COMPLAINT), nam, "2026-02-20", "2026-03-10")
    withdraw(hear(unit, "2026-02-18", Kind.RECOMMENDATION), "2026-02-27")
    answer(hear(unit, "2026-02-15", Kind.OPINION), nam, "2026-02-16")
    answer(hear(world.ubnd_phu_loc, "2025-12-01", area=world.xa_phu_loc), thu, "2026-03-01")


@pytest.fixture
def own(world: World, worked: None, march: Sheets, tu: Officer) -> Sheet:
    UnitVersion.objects.filter(unit__in=[world.ubnd_binh_an, world.ubnd_tinh]).update(symbol="UBND")
    return signed(march["ubnd_binh_an"], tu)


@pytest.fixture
def head(own: Sheet) -> Head:
    return replace(usual_head(content_of(own, ON), DAY), number="7", assessment="Bà con hài lòng hơn.")


@pytest.fixture
def paper(own: Sheet, head: Head) -> Paper:
    return paper_of(content_of(own, ON), head, is_draft=False)


@pytest.fixture
def of_province(world: World, own: Sheet, march: Sheets, sau: Officer, monthly: Regime) -> Paper:
    sheet = draw_up(regime=monthly, period=MARCH, scope=Scope.SUBTREE, by=sau.by, at=AFTER)
    content = content_of(signed(sheet, sau, why="Đơn vị gửi sau"), ON)
    return paper_of(content, replace(usual_head(content, DAY), number="12"), is_draft=False)


def text_of(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


def runs(data: bytes) -> Iterator[tuple[str, float, bool, bool]]:
    """Text, size in points, bold and italic of every run, boxes included."""
    document = docx.Document(io.BytesIO(data))
    for paragraph in document.element.body.iter(qn("w:p")):
        for run in docx.text.paragraph.Paragraph(paragraph, document).runs:
            if run.text.strip():
                yield run.text, run.font.size.pt, bool(run.bold), bool(run.italic)


def test_the_page_is_a4_with_the_margins_of_the_decree(paper: Paper) -> None:
    for section in docx.Document(io.BytesIO(as_docx(paper))).sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        assert 20 <= round(section.top_margin.mm, 1) <= 25 and 20 <= round(section.bottom_margin.mm, 1) <= 25
        assert 30 <= round(section.left_margin.mm, 1) <= 35 and 15 <= round(section.right_margin.mm, 1) <= 20


def test_page_numbers_stand_in_the_top_margin_and_not_on_the_first_page(paper: Paper) -> None:
    for section in docx.Document(io.BytesIO(as_docx(paper))).sections:
        assert section.different_first_page_header_footer
        assert not section.first_page_header.paragraphs[0].text
        number = section.header.paragraphs[0]
        assert "PAGE" in number._p.xml and number.runs[0].font.size == Pt(13)
        assert section.header_distance < section.top_margin


def test_every_box_has_its_size_and_face(paper: Paper) -> None:
    found = {text.strip(): (size, bold, italic) for text, size, bold, italic in runs(as_docx(paper))}
    assert found["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"] == (13, True, False)
    assert found["Độc lập - Tự do - Hạnh phúc"] == (14, True, False)
    assert found["ỦY BAN NHÂN DÂN"] == found["XÃ BÌNH AN"] == (13, True, False)
    assert found["Số: 07/BC-UBND"] == (13, False, False)
    assert found["Bình An, ngày 16 tháng 3 năm 2026"] == (14, False, True)
    assert found["BÁO CÁO"] == (14, True, False)
    assert found["Kết quả tiếp nhận, giải quyết ý kiến, kiến nghị của Nhân dân"] == (14, True, False)
    assert found["Kính gửi: Ủy ban nhân dân tỉnh Mẫu"] == (14, False, False)
    assert found["TM. ỦY BAN NHÂN DÂN"] == found["CHỦ TỊCH"] == found["Lê Văn Tư"] == (14, True, False)
    assert found["Nơi nhận:"] == (12, True, True)
    assert found["- Như trên;"] == found["- Lưu: VT."] == (11, False, False)
    assert found["Phụ lục"] == (14, True, False)


def test_sizes_and_margins_stay_within_what_the_decree_allows() -> None:
    form = form_for("government", DAY)
    assert all(low <= form.size[name] <= high for name, (low, high) in form.size_allowed.items())
    assert all(low <= form.page[name] <= high for name, (low, high) in form.page_allowed.items())
    assert form.body["indent"] in {10, 12.7} and form.body["before"] >= 6 and 1 <= form.body["line"] <= 1.5


def test_the_typeface_is_named_for_every_script(paper: Paper) -> None:
    style = docx.Document(io.BytesIO(as_docx(paper))).styles["Normal"].element.xml
    assert set(re.findall(r'w:(?:ascii|hAnsi|eastAsia|cs)="([^"]+)"', style)) == {"Times New Roman"}


def test_word_finds_the_parts_of_each_element_in_their_order(paper: Paper) -> None:
    """Word calls a file damaged whose borders come after their indents."""
    body = docx.Document(io.BytesIO(as_docx(paper))).element.body
    for name, order in {
        "pPr": ["keepNext", "pBdr", "spacing", "ind", "jc", "rPr"],
        "sectPr": ["headerReference", "type", "pgSz", "pgMar", "pgNumType", "cols", "titlePg", "docGrid"],
        "tblPr": ["tblStyle", "tblW", "jc", "tblLayout", "tblCellMar", "tblLook"],
        "trPr": ["cantSplit", "tblHeader"],
    }.items():
        for element in body.iter(qn(f"w:{name}")):
            places = [
                order.index(child.tag.partition("}")[2]) for child in element if child.tag.partition("}")[2] in order
            ]
            assert places == sorted(places), (name, [child.tag for child in element])


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 2, 5), "Cần Thơ, ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 31), "Cần Thơ, ngày 31 tháng 01 năm 2026"),
        (date(2026, 3, 9), "Cần Thơ, ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 10), "Cần Thơ, ngày 10 tháng 12 năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_get_a_zero(day: date, said: str) -> None:
    assert dated_place("Cần Thơ", day) == said


@pytest.mark.parametrize(
    ("number", "said"), [("7", "Số: 07/BC-UBND"), ("10", "Số: 10/BC-UBND"), ("128", "Số: 128/BC-UBND")]
)
def test_numbers_below_ten_get_a_zero(number: str, said: str) -> None:
    assert form_for("government", DAY).numbered(number, "BC-UBND") == said


def test_a_number_not_yet_given_leaves_room_to_write_it() -> None:
    assert re.fullmatch(r"Số:\s{3,}/BC-UBND", form_for("government", DAY).numbered("", "BC-UBND"))


def test_a_department_prints_the_body_above_it_and_a_peoples_committee_none(
    world: World, march: Sheets, paper: Paper
) -> None:
    content = content_of(march["so_xay_dung"], ON)
    department = paper_of(content, replace(usual_head(content, DAY), number="1"), is_draft=True)
    assert (department.superior, department.issuer) == ("UBND TỈNH MẪU", ("SỞ XÂY DỰNG TỈNH MẪU",))
    assert (paper.superior, paper.issuer) == ("", ("ỦY BAN NHÂN DÂN", "XÃ BÌNH AN"))


def test_the_pdf_says_what_the_word_file_says(paper: Paper) -> None:
    pdf, word = text_of(as_pdf(paper)), "\n".join(text for text, *_ in runs(as_docx(paper)))
    squeezed = re.sub(r"\s+", "", pdf)
    missing = [line for line in word.splitlines() if re.sub(r"\s+", "", line) not in squeezed]
    assert missing == []


def test_the_pdf_carries_its_letters_with_it(paper: Paper) -> None:
    data = as_pdf(paper)
    assert data.count(b"/FontFile") >= 3 or b"FontFile3" in data or b"FontFile2" in data
    pangram = "Do bạch kim rất quý nên sẽ dùng để lắp vô xương; ỷ ỵ ẳ ẵ ặ ổ ỗ ộ ử ữ ự Đ đ ₫"
    assert pangram in text_of(as_pdf(replace(paper, body=(pangram,)))).replace("\r\n", " ").replace("\n", " ")


def test_without_any_face_on_the_machine_the_pdf_still_has_every_vietnamese_letter(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_fonts, "FACES", ())
    paper_fonts.faces.cache_clear()
    try:
        letters = "ăắằẳẵặâấầẩẫậđêếềểễệôốồổỗộơớờởỡợưứừửữựýỳỷỹỵ₫"
        document = pypdfium2.PdfDocument(as_pdf(replace(paper, body=(letters,), annexes=())))
        names = {
            obj.get_font().get_base_name()
            for page in document
            for obj in page.get_objects()
            if hasattr(obj, "get_font")
        }
        assert letters in document[0].get_textpage().get_text_bounded()
        assert names and all("Libertinus" in name for name in names)
    finally:
        paper_fonts.faces.cache_clear()


def test_what_people_type_is_never_markup(paper: Paper) -> None:
    nasty = '#panic("x") *đậm* $a$ <b> {{ 1 }} @ref \\'
    assert "#panic" in text_of(as_pdf(replace(paper, body=(nasty,))))


def test_equal_papers_are_equal_files(paper: Paper) -> None:
    assert as_docx(paper) == as_docx(paper)
    assert as_pdf(paper) == as_pdf(paper)
    with zipfile.ZipFile(io.BytesIO(as_docx(paper))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_paper_prints_the_same_after_the_records_and_names_moved_on(
    world: World, own: Sheet, head: Head, tu: Officer, hear: Hear
) -> None:
    kept = issue(sheet_id=own.id, head=head, by=tu.by, at=AFTER)
    before = as_docx(issued_paper(tu.by, kept.id)), as_pdf(issued_paper(tu.by, kept.id))
    hear(world.ubnd_binh_an, "2026-03-03")
    UnitVersion.objects.filter(unit=world.ubnd_binh_an).update(name="Ủy ban nhân dân xã Bình Yên")
    assert (as_docx(issued_paper(tu.by, kept.id)), as_pdf(issued_paper(tu.by, kept.id))) == before


def test_our_own_checker_finds_nothing_in_our_own_reports(paper: Paper, of_province: Paper) -> None:
    for each in (paper, of_province):
        checked = check_file("bao-cao.docx", as_docx(each))
        assert checked["findings"] == []
        assert len(checked["figures"]) > 40


def test_the_sentences_say_what_the_sheet_says(paper: Paper) -> None:
    said = "\n".join(part for part in paper.body if isinstance(part, str))
    assert "Đã trả lời 3/5 việc, đạt 60,00%; trả lời đúng hạn 3/3 việc, đạt 100,00%" in said
    assert "người gửi rút hoặc hủy 1 việc; còn 1 việc chuyển kỳ sau" in said
    assert "Trong 4 việc tiếp nhận có 2 phản ánh, 1 kiến nghị, 1 khiếu nại và 0 tố cáo." in said
    assert "đồng ý 1/2 việc, đạt 50,00%; chưa đồng ý 1 việc" in said
    assert "Trong kỳ không tổ chức buổi lắng nghe ý kiến Nhân dân." in said
    assert check_text(said)["findings"] == []


def test_the_report_of_the_province_says_who_is_missing(of_province: Paper) -> None:
    said = "\n".join(part for part in of_province.body if isinstance(part, str))
    assert "biểu đã ký của 1/4 đơn vị trực thuộc; chưa tổng hợp được 3/4 đơn vị" in said
    assert [annex.heading for annex in of_province.annexes] == ["Phụ lục I", "Phụ lục II"]
    marked = [line.cells[1] for line in of_province.annexes[1].lines if "(*)" in line.cells[1]]
    assert len(marked) == 3


def test_a_draft_says_that_it_is_one(own: Sheet, tu: Officer) -> None:
    assert "DỰ THẢO" in text_of(as_pdf(draft_paper(tu.by, own.id, ON)))


def test_only_the_own_unit_composes_and_only_of_a_signed_sheet(
    own: Sheet, head: Head, march: Sheets, nam: Officer, thu: Officer, lan: Officer, tu: Officer
) -> None:
    for officer, code in ((nam, "not-allowed"), (thu, "absent"), (lan, "not-own-unit")):
        with pytest.raises(Refused) as refused:
            issue(sheet_id=own.id, head=head, by=officer.by, at=AFTER)
        assert refused.value.code == code
    kept = issue(sheet_id=own.id, head=head, by=tu.by, at=AFTER)
    with pytest.raises(Absent):
        issued_paper(thu.by, kept.id)
    assert issued_paper(lan.by, kept.id).number == "Số: 07/BC-UBND"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": "12a"}, "number"),
        ({"issued_on": date(2026, 3, 15)}, "issued_on"),
        ({"issued_on": date(2026, 3, 17)}, "issued_on"),
        ({"signer_name": " "}, "signer_name"),
        ({"recipients": ""}, "recipients"),
        ({"place": "x" * 81}, "place"),
    ],
)
def test_a_wrong_head_is_refused_at_its_field(
    own: Sheet, head: Head, tu: Officer, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        issue(sheet_id=own.id, head=replace(head, **change), by=tu.by, at=AFTER)
    assert refused.value.field == field


def test_the_party_has_a_form_of_its_own_and_is_not_given_the_states() -> None:
    with pytest.raises(Invalid, match="thể thức"):
        form_for("party", DAY)


def test_signing_for_another_prints_the_authority_before_the_office(own: Sheet, head: Head) -> None:
    content = content_of(own, ON)
    changed = replace(head, authority=Authority.BODY, signer_title="KT. Chủ tịch\nPhó Chủ tịch")
    assert paper_of(content, changed, is_draft=False).signer == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    for_head = replace(head, authority=Authority.HEAD, on_behalf_of="Giám đốc", signer_title="Phó Giám đốc")
    assert paper_of(content, for_head, is_draft=False).signer == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
