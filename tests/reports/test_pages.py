"""Every officers' page: it works, strangers are told it is absent, readers change nothing, and it costs the same."""

import io
from collections.abc import Callable
from datetime import UTC, datetime

import openpyxl
import pytest
import time_machine
from django.test import Client

from danvan.commitments.models import Commitment
from danvan.reports.actions import draw_up, open_due_sheets
from danvan.reports.kinds import Scope
from danvan.reports.models import OfficialReport, Sheet
from danvan.reports.queries import content_of
from danvan.reports.regimes import Regime
from danvan.units.access import system
from danvan.units.models import UnitVersion
from tests.reports.conftest import AFTER, MARCH, ON, Hear, answer, moment, signed
from tests.world import Officer, World, a_unit

Sheets = dict[str, Sheet]
SignIn = Callable[[Officer], Client]
UNKNOWN = "01990000-0000-7063-8000-000000000000"


@pytest.fixture(autouse=True)
def in_march(frozen: time_machine.Traveller) -> None:
    frozen.move_to(datetime(2026, 3, 16, 2, tzinfo=UTC))


def test_a_leader_signs_on_the_page_what_the_page_shows(
    world: World, march: Sheets, tu: Officer, nam: Officer, hear: Hear, sign_in: SignIn
) -> None:
    answer(hear(world.ubnd_binh_an, "2026-02-20"), nam, "2026-02-24")
    sheet, desk = march["ubnd_binh_an"], sign_in(tu)
    page = desk.get(f"/bieu/{sheet.id}/")
    seen = page.context["page"].content.fingerprint
    assert "Ký biểu này" in page.text and "100,00%" in page.text
    done = desk.post(f"/bieu/{sheet.id}/ky/", {"seen": seen}, follow=True)
    assert "Đã ký biểu" in done.text and "Ký biểu này" not in done.text
    assert Sheet.objects.get(pk=sheet.pk).is_signed


def test_figures_that_moved_meanwhile_are_shown_instead_of_signed(
    world: World, march: Sheets, tu: Officer, hear: Hear, sign_in: SignIn
) -> None:
    sheet, desk = march["ubnd_binh_an"], sign_in(tu)
    hear(world.ubnd_binh_an, "2026-02-20")
    page = desk.post(f"/bieu/{sheet.id}/ky/", {"seen": "0" * 16}, follow=True)
    assert "vừa thay đổi" in page.text and not Sheet.objects.get(pk=sheet.pk).is_signed


def test_who_may_do_what_with_a_sheet(
    march: Sheets, tu: Officer, nam: Officer, thu: Officer, lan: Officer, kim: Officer, ben: Officer, vu: Officer,
    sign_in: SignIn,
) -> None:  # fmt: skip
    sheet = signed(march["ubnd_binh_an"], tu)
    path = f"/bieu/{sheet.id}/"
    assert {name: sign_in(o).get(path).status_code for name, o in vars_of(tu, nam, lan, kim).items()} == dict.fromkeys(
        ("tu", "nam", "lan", "kim"), 200
    )
    assert [sign_in(o).get(path).status_code for o in (thu, ben, vu)] == [404, 404, 404]
    assert [sign_in(o).post(f"{path}{verb}/", {"seen": "x", "reason": "x", "finding": "x", "text": "x"}).status_code
            for o in (thu, ben) for verb in ("ky", "lap-lai", "giai-trinh", "tiep-nhan")] == [404] * 8  # fmt: skip
    writes = [(verb, typed) for verb in ("ky", "lap-lai", "giai-trinh", "bao-cao", "tiep-nhan") for typed in ("x", "")]
    words = ("seen", "reason", "finding", "text")
    assert [sign_in(kim).post(f"{path}{verb}/", dict.fromkeys(words, typed)).status_code
            for verb, typed in writes] == [403] * len(writes)  # fmt: skip
    assert [sign_in(o).get(f"{path}bao-cao/").status_code for o in (tu, nam, kim)] == [200, 403, 403]
    assert Sheet.objects.filter(unit_id=sheet.unit_id).count() == 1


def vars_of(tu: Officer, nam: Officer, lan: Officer, kim: Officer) -> dict[str, Officer]:
    return {"tu": tu, "nam": nam, "lan": lan, "kim": kim}


@pytest.mark.parametrize(
    "path",
    ["/bieu/{}/", "/bieu/{}/so-lieu.xlsx", "/bieu/{}/bao-cao/", "/bieu/{}/du-thao.pdf", "/bieu/{}/du-thao.docx",
     "/tong-hop/?donvi={}", "/tong-hop/chi-tieu/?chitieu=petitions.received&donvi={}", "/tong-hop/so-lieu.xlsx?donvi={}",
     "/tong-quan/?donvi={}"],
)  # fmt: skip
def test_an_unknown_one_and_a_forbidden_one_are_told_alike(
    world: World, march: Sheets, thu: Officer, sign_in: SignIn, path: str
) -> None:
    of_others = world.ubnd_binh_an.pk if "donvi" in path else march["ubnd_binh_an"].id
    desk = sign_in(thu)
    forbidden, unknown = desk.get(path.format(of_others)), desk.get(path.format(UNKNOWN))
    assert (forbidden.status_code, unknown.status_code) == (404, 404)
    assert "Bình An" not in forbidden.text


@pytest.mark.parametrize("path", ["/bieu/", "/tong-quan/", "/tong-hop/", "/bieu/{}/"])
def test_nobody_sees_anything_without_signing_in(client: Client, march: Sheets, path: str) -> None:
    shown = client.get(path.format(march["ubnd_binh_an"].id))
    assert (shown.status_code, shown.headers["Location"].startswith("/tai-khoan/dang-nhap/")) == (302, True)


def test_an_explanation_is_written_under_its_finding(
    world: World, march: Sheets, sau: Officer, monthly: Regime, sign_in: SignIn
) -> None:
    sheet = draw_up(regime=monthly, period=MARCH, scope=Scope.SUBTREE, by=sau.by, at=AFTER)
    desk = sign_in(sau)
    remark = content_of(sheet, ON).open_remarks[0]
    empty = desk.post(f"/bieu/{sheet.id}/giai-trinh/", {"finding": remark.code, "text": ""})
    assert (empty.status_code, "Hãy ghi lời giải trình." in empty.text) == (422, True)
    page = desk.post(f"/bieu/{sheet.id}/giai-trinh/", {"finding": remark.code, "text": "Mất điện."}, follow=True)
    assert "Mất điện." in page.text and "Đặng Văn Sáu" in page.text


def test_the_matrix_opens_to_units_figures_and_matters(
    world: World, march: Sheets, lan: Officer, hear: Hear, sign_in: SignIn
) -> None:
    matter = hear(world.ubnd_binh_an, "2026-02-20")
    desk = sign_in(lan)
    matrix = desk.get(f"/tong-hop/?ky={MARCH.code}")
    cell = f"/tong-hop/chi-tieu/?chitieu=petitions.received&amp;donvi={world.ubnd_binh_an.pk}&amp;ky={MARCH.code}"
    assert matrix.status_code == 200 and cell in matrix.text
    behind = desk.get(cell.replace("&amp;", "&")).text
    assert f'<a href="/viec/{matter.code}/">{matter.code}</a>' in behind
    assert desk.get(f"/viec/{matter.code}/").status_code == 200


def test_every_group_of_the_matrix_has_its_page(world: World, march: Sheets, lan: Officer, sign_in: SignIn) -> None:
    desk = sign_in(lan)
    for group in ("meetings", "opinions", "receptions", "petitions", "reviews"):
        assert desk.get(f"/tong-hop/?ky={MARCH.code}&nhom={group}").context["page"].group.key == group


def test_reminding_and_taking_in_from_the_matrix(
    world: World, march: Sheets, tu: Officer, lan: Officer, sign_in: SignIn
) -> None:
    signed(march["ubnd_binh_an"], tu)
    desk, where = sign_in(lan), {"ky": MARCH.code, "donvi": str(world.ubnd_tinh.pk), "chedo": "DV-T"}
    assert "Đã tiếp nhận 1 biểu" in desk.post("/tong-hop/tiep-nhan/", where, follow=True).text
    assert "Đã đôn đốc 3 đơn vị" in desk.post("/tong-hop/don-doc/", {**where, "text": "Đề nghị ký."}, follow=True).text
    assert desk.post("/tong-hop/don-doc/", {**where, "text": ""}).status_code == 422


def test_an_auditor_reads_everything_and_changes_nothing(
    world: World, march: Sheets, tu: Officer, kim: Officer, sign_in: SignIn
) -> None:
    signed(march["ubnd_binh_an"], tu)
    desk, where = sign_in(kim), {"ky": MARCH.code, "donvi": str(world.ubnd_tinh.pk), "chedo": "DV-T"}
    assert [desk.get(f"{path}?ky={MARCH.code}").status_code for path in ("/tong-quan/", "/tong-hop/")] == [200, 200]
    writes = ("/tong-hop/tiep-nhan/", "/tong-hop/don-doc/", "/bieu/lap/")
    assert [desk.post(path, {**where, "text": "Đề nghị ký."}).status_code for path in writes] == [403] * 3
    assert set(Commitment.objects.filter(kind="report-due").values_list("state", flat=True)) == {"open", "answered"}
    assert not Commitment.objects.filter(steps__verb="urge").exists()


def test_the_workbook_holds_the_figures_and_no_formula(
    world: World, march: Sheets, lan: Officer, hear: Hear, sign_in: SignIn
) -> None:
    hear(world.ubnd_binh_an, "2026-02-20")
    UnitVersion.objects.filter(unit=world.ubnd_phu_loc).update(short_name='=HYPERLINK("x")')
    data = sign_in(lan).get(f"/tong-hop/so-lieu.xlsx?ky={MARCH.code}").content
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    rows = {row[0].value: row for row in sheet.iter_rows()}
    titles = [cell.value for cell in rows["Chỉ tiêu"]]
    row = sheet[[r[0].row for r in sheet.iter_rows() if r[0].value == "Tiếp nhận trong kỳ"][1]]
    assert row[titles.index("UBND xã Bình An (*)")].value == 1
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    assert any(str(title).startswith("'=HYPERLINK") for title in titles)
    assert data == sign_in(lan).get(f"/tong-hop/so-lieu.xlsx?ky={MARCH.code}").content


def test_a_sheet_as_a_workbook(world: World, march: Sheets, nam: Officer, hear: Hear, sign_in: SignIn) -> None:
    hear(world.ubnd_binh_an, "2026-02-20")
    data = sign_in(nam).get(f"/bieu/{march['ubnd_binh_an'].id}/so-lieu.xlsx").content
    found = [row for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)
             if row[3] == "01/XLD cột 3"]  # fmt: skip
    assert [row[:3] for row in found] == [("Tiếp nhận trong kỳ", "việc", 1)]


def test_composing_keeps_a_paper_that_can_be_fetched_again(
    march: Sheets, tu: Officer, thu: Officer, sign_in: SignIn
) -> None:
    sheet, desk = signed(march["ubnd_binh_an"], tu), sign_in(tu)
    form = desk.get(f"/bieu/{sheet.id}/bao-cao/").context["form"]
    typed = {name: form[name].value() for name in form.fields} | {"number": "7", "issued_on": "16/03/2026"}
    wrong = desk.post(f"/bieu/{sheet.id}/bao-cao/", {**typed, "number": "bảy"})
    assert (wrong.status_code, "Số văn bản là một số" in wrong.text) == (422, True)
    slip = {**typed, "assessment": "Đã giải quyết 8.328/8.574 đơn, đạt 97,23%."}
    doubted = desk.post(f"/bieu/{sheet.id}/bao-cao/", slip)
    assert "97,13%" in doubted.text and "Vẫn lưu" in doubted.text and not OfficialReport.objects.exists()
    assert "Đã lưu báo cáo" in desk.post(f"/bieu/{sheet.id}/bao-cao/", {**slip, "confirmed": "1"}, follow=True).text
    paper = OfficialReport.objects.get()
    assert desk.get(f"/bao-cao/{paper.id}.pdf").content.startswith(b"%PDF")
    assert desk.get(f"/bao-cao/{paper.id}.docx").content.startswith(b"PK")
    assert desk.get(f"/bao-cao/{paper.id}.exe").status_code == 404
    assert sign_in(thu).get(f"/bao-cao/{paper.id}.pdf").status_code == 404


def test_a_period_or_regime_that_is_none_is_refused_in_words(march: Sheets, lan: Officer, sign_in: SignIn) -> None:
    desk = sign_in(lan)
    for query in ("ky=2026-13", "ky=2026-Q1", "ky=xyz", "chedo=XX"):
        page = desk.get(f"/tong-hop/?{query}")
        assert page.status_code == 422 and "hông" in page.text


def test_a_chosen_list_page_that_is_none_is_refused_in_words(march: Sheets, lan: Officer, sign_in: SignIn) -> None:
    page = sign_in(lan).get("/bieu/?after=rubbish")
    assert (page.status_code, "mở lại danh sách từ đầu" in page.text) == (422, True)


def test_pages_cost_the_same_for_few_units_and_for_many(
    world: World, march: Sheets, lan: Officer, sign_in: SignIn, django_assert_num_queries: Callable[[int], object]
) -> None:
    desk = sign_in(lan)
    costs = {"/bieu/": 6, f"/tong-hop/?ky={MARCH.code}": 16, f"/tong-quan/?ky={MARCH.code}": 18}
    for path, queries in costs.items():
        desk.get(path)
        with django_assert_num_queries(queries):
            desk.get(path)
    for number in range(50):
        a_unit(name=f"UBND xã số {number}", area=world.xa_binh_an, parent=world.ubnd_tinh)
    open_due_sheets(by=system("mở biểu kỳ"), at=moment("2026-03-16"))
    for path, queries in costs.items():
        with django_assert_num_queries(queries):
            desk.get(path)
