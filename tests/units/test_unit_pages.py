"""The trees of units: anybody reads them on any day; operators change their own part of them, from a day on."""

import re
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest

from danvan.base.errors import Absent, Invalid, Refused
from danvan.units.access import ids_cared_for, in_force
from danvan.units.actions import COLUMNS, UnitChange, UnitFacts, add_unit, change_unit, end_unit
from danvan.units.kinds import Event, Level, Tree
from danvan.units.models import AdminEvent, Unit, UnitClosure, UnitVersion
from danvan.units.queries.directory import tree_on, units_called
from tests.units.sheets import sheet
from tests.world import AT, MERGED, TODAY, a_unit, an_officer

DAY = timedelta(days=1)


def text(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def names(unit_id, *days: date) -> list[str]:
    return [UnitVersion.objects.get(in_force(day), unit_id=unit_id).name for day in days]


class TestReading:
    def test_anybody_sees_a_tree_two_storeys_at_a_time(self, client, world):
        page = text(client.get("/don-vi/"))
        assert "Ủy ban nhân dân tỉnh Mẫu 4" in page
        assert "Ủy ban nhân dân xã Bình An" in page

    def test_the_parallel_trees_stand_side_by_side(self, client, world):
        assert "Công an xã Bình An" in text(client.get("/don-vi/?tree=police"))
        assert "Công an" not in text(client.get("/don-vi/?tree=party")).partition("Đảng,")[2]

    def test_a_tree_is_shown_as_it_was_on_the_day(self, client, world):
        before, after = (text(client.get("/don-vi/", {"on": day})) for day in ("30/06/2025", "01/07/2025"))
        assert ["xã Bình Cũ" in before, "xã Bình An" in before] == [True, False]
        assert ["xã Bình Cũ" in after, "xã Bình An" in after] == [False, True]

    def test_a_unit_is_found_by_the_short_word_people_use(self, world):
        assert [u.name for u in units_called("UBND xã binh", TODAY)] == [
            "Ủy ban nhân dân xã Bình An",
            "Ủy ban nhân dân xã Bình Cũ",
        ]

    def test_an_ended_unit_leads_to_who_took_over(self, client, world):
        page = text(client.get(f"/don-vi/{world.ubnd_binh_cu.pk}/"))
        assert "Kết thúc hoạt động từ ngày 01/07/2025." in page
        assert "Ai tiếp nhận nhiệm vụ Ủy ban nhân dân xã Bình An , sáp nhập 01/07/2025" in page

    def test_visitors_see_no_posts_officers_see_titles_and_operators_names(self, client, sign_in, world, nam, thu, vu):
        path = f"/don-vi/{world.ubnd_binh_an.pk}/"
        pages = [text(reader.get(path)) for reader in (client, sign_in(thu), sign_in(vu))]
        assert [nam.post.title in page for page in pages] == [False, True, True]
        assert [nam.name in page for page in pages] == [False, False, True]

    def test_looking_at_another_day_gives_no_other_rights(self, sign_in, world, nam):
        """Bến was never below tỉnh Mẫu, whatever day one asks for; nor may an operator of one commune see the next."""
        other = an_officer(name="Lý Vận", unit=world.ubnd_phu_loc, role="operator", username="ly")
        page = text(sign_in(other).get(f"/don-vi/{world.ubnd_binh_an.pk}/", {"on": "01/08/2025"}))
        assert [nam.name in page, "Kết thúc hoạt động" in page] == [False, False]

    def test_an_unknown_unit_is_not_there(self, client, world):
        assert client.get("/don-vi/00000000-0000-0000-0000-000000000000/").status_code == 404

    @pytest.mark.parametrize("more", [1, 3])
    def test_a_tree_costs_the_same_however_many_units_it_has(self, world, more, django_assert_num_queries):
        for number in range(more):
            office = a_unit(name=f"Phòng {number}", area=None, parent=world.ubnd_tinh)
            a_unit(name=f"Tổ {number}", area=None, parent=office)
        with django_assert_num_queries(2):
            nodes = tree_on(Tree.GOVERNMENT, TODAY)
        assert [node.below for node in nodes] == [1, 4 + more]

    @pytest.mark.parametrize("officers", [1, 3])
    def test_a_unit_page_costs_the_same_however_many_sit_there(
        self, sign_in, vu, world, officers, django_assert_num_queries
    ):
        for number in range(officers):
            an_officer(name=f"Cán bộ {number}", unit=world.ubnd_binh_an, title=f"Công chức {number}")
        reader = sign_in(vu)
        with django_assert_num_queries(15):
            reader.get(f"/don-vi/{world.ubnd_binh_an.pk}/")

    def test_machines_read_the_same(self, client, world):
        roots = client.get("/api/v1/units", {"on": "2025-06-30"}).json()
        assert [(r["name"], [c["name"] for c in r["children"]]) for r in roots] == [
            ("Ủy ban nhân dân tỉnh Bạn", []),
            ("Ủy ban nhân dân tỉnh Mẫu", ["Sở Xây dựng tỉnh Mẫu", "Ủy ban nhân dân xã Bình Cũ"]),
        ]
        one = client.get(f"/api/v1/units/{world.ubnd_binh_cu.pk}").json()
        assert [edge["name"] for edge in one["became"]] == ["Ủy ban nhân dân xã Bình An"]
        assert "seats" not in one


class TestChanging:
    def test_a_new_unit_stands_under_the_one_it_was_added_to(self, sign_in, vu, world):
        form = {"name": "Sở Y tế tỉnh Mẫu", "level": "province", "area": world.tinh_mau.pk, "valid_from": "01/03/2026"}
        response = sign_in(vu).post(f"/don-vi/{world.ubnd_tinh.pk}/them/", form)
        added = UnitVersion.objects.get(name="Sở Y tế tỉnh Mẫu")
        assert response["Location"] == f"/don-vi/{added.unit_id}/"
        assert (added.unit.key, added.tree, added.parent_id) == ("so-y-te-tinh-mau", "government", world.ubnd_tinh.pk)
        assert UnitClosure.objects.filter(ancestor=world.ubnd_tinh, descendant=added.unit, depth=1).exists()
        event = AdminEvent.objects.get()
        assert (event.account, event.verb, event.subject) == ("Hồ Anh Vũ (vu)", "unit-added", "Sở Y tế tỉnh Mẫu")

    def test_two_units_of_one_name_get_different_keys(self, vu, world):
        facts = UnitFacts("", "Phòng Nội vụ", Tree.GOVERNMENT, Level.PROVINCE, parent_key=world.ubnd_tinh.key)
        for _twice in range(2):
            add_unit(facts=facts, by=vu.by, at=AT)
        assert sorted(Unit.objects.filter(key__startswith="phong").values_list("key", flat=True)) == [
            "phong-noi-vu",
            "phong-noi-vu-2",
        ]

    @pytest.mark.parametrize(
        ("parent", "area", "field"),
        [("", None, "parent_key"), ("tinh_uy", None, ""), ("ubnd_tinh", "xa_ben", "area"), ("ubnd_tinh_ban", None, "")],
    )
    def test_a_unit_is_added_only_below_ones_own_and_inside_ones_own_area(self, vu, world, parent, area, field):
        facts = UnitFacts(
            "x", "Đơn vị lạ", Tree.GOVERNMENT, Level.COMMUNE, parent_key=getattr(world, parent).key if parent else "",
            area_id=getattr(world, area).pk if area else None,
        )  # fmt: skip
        with pytest.raises(Refused) as refused:
            add_unit(facts=facts, by=vu.by, at=AT)
        assert (refused.value.field, Unit.objects.filter(key="x").exists()) == (field, False)

    def test_a_new_name_holds_from_its_day_and_the_old_one_before(self, sign_in, vu, world):
        unit = world.ubnd_binh_an
        form = {"on": "01/04/2026", "name": "Ủy ban nhân dân phường Bình An", "parent": world.ubnd_tinh.pk}
        assert sign_in(vu).post(f"/don-vi/{unit.pk}/doi/", form).status_code == 302
        first = date(2026, 4, 1)
        assert names(unit.pk, first - DAY, first) == ["Ủy ban nhân dân xã Bình An", "Ủy ban nhân dân phường Bình An"]

    def test_the_day_a_version_begins_puts_it_right(self, vu, world):
        change_unit(
            unit_id=world.ubnd_binh_an.pk, change=UnitChange(MERGED, "UBND xã Bình An", parent_id=world.ubnd_tinh.pk),
            by=vu.by, at=AT,
        )  # fmt: skip
        assert list(UnitVersion.objects.filter(unit=world.ubnd_binh_an).values_list("name", flat=True)) == [
            "UBND xã Bình An"
        ]

    def test_a_unit_moved_under_another_is_seen_from_there(self, vu, world):
        move = UnitChange(TODAY, "Ủy ban nhân dân xã Bình An", parent_id=world.so_xay_dung.pk)
        change_unit(unit_id=world.ubnd_binh_an.pk, change=move, by=vu.by, at=AT)
        above = UnitClosure.objects.filter(in_force(TODAY), descendant=world.ubnd_binh_an).order_by("depth")
        assert [pair.ancestor_id for pair in above] == [
            world.ubnd_binh_an.pk, world.so_xay_dung.pk, world.ubnd_tinh.pk
        ]  # fmt: skip

    def test_a_unit_cannot_stand_below_itself(self, vu, world):
        move = UnitChange(TODAY, "Ủy ban nhân dân tỉnh Mẫu", parent_id=world.ubnd_binh_an.pk)
        with pytest.raises(Invalid, match="không thể nằm dưới chính mình"):
            change_unit(unit_id=world.ubnd_tinh.pk, change=move, by=vu.by, at=AT)

    def test_a_unit_of_another_province_is_not_there(self, sign_in, vu, world):
        client = sign_in(vu)
        paths = [f"/don-vi/{world.ubnd_xa_ben.pk}/{verb}/" for verb in ("them", "doi", "ket-thuc", "them-tai-khoan")]
        assert [client.get(path).status_code for path in paths] == [404] * 4

    @pytest.mark.parametrize("who", ["nam", "tu", "lan", "kim"])
    def test_nobody_but_an_operator_changes_units(self, request, sign_in, world, who):
        client = sign_in(request.getfixturevalue(who))
        unit = world.ubnd_binh_an.pk
        paths = [f"/don-vi/{unit}/them/", f"/don-vi/{unit}/doi/", f"/don-vi/{unit}/ket-thuc/", "/don-vi/nap/"]
        answers = [client.get(path) for path in paths]
        assert [answer.status_code for answer in answers] == [403] * 4
        assert "Vai trò của bạn không được làm việc này." in answers[0].content.decode()
        assert UnitVersion.objects.filter(unit=unit).count() == 1

    def test_a_wrong_day_comes_back_with_what_was_typed(self, sign_in, vu, world):
        form = {"name": "Sở Y tế", "level": "province", "valid_from": "31/02/2026"}
        response = sign_in(vu).post(f"/don-vi/{world.ubnd_tinh.pk}/them/", form)
        assert response.status_code == 422
        assert ["Ngày chưa đúng" in text(response), 'value="Sở Y tế"' in response.content.decode()] == [True, True]


class TestEnding:
    def end(self, unit, successor, vu, on=TODAY):
        end_unit(
            unit_id=unit.pk, successor_id=successor and successor.pk, on=on, event=Event.MERGE, source="NQ 1", by=vu.by,
            at=AT,
        )  # fmt: skip

    def test_posts_end_with_their_unit_and_its_officers_can_still_be_found(self, vu, nam, world):
        self.end(world.ubnd_binh_an, world.ubnd_phu_loc, vu)
        nam.holding.refresh_from_db()
        nam.post.refresh_from_db()
        assert (nam.holding.valid_to, nam.post.valid_to) == (TODAY, TODAY)
        assert world.ubnd_binh_an.pk in set(ids_cared_for(vu.by, TODAY))

    def test_what_stands_below_goes_to_the_successor(self, vu, world):
        team = a_unit(name="Tổ công tác", area=None, parent=world.ubnd_binh_an, valid_from=MERGED)
        self.end(world.ubnd_binh_an, world.ubnd_phu_loc, vu)
        parents = [UnitVersion.objects.get(in_force(day), unit=team).parent_id for day in (TODAY - DAY, TODAY)]
        assert parents == [world.ubnd_binh_an.pk, world.ubnd_phu_loc.pk]

    def test_a_successor_from_below_takes_the_place_of_the_ended_unit(self, vu, world):
        team = a_unit(name="Ủy ban mới", area=None, parent=world.ubnd_binh_an, valid_from=MERGED)
        self.end(world.ubnd_binh_an, team, vu)
        assert UnitVersion.objects.get(in_force(TODAY), unit=team).parent_id == world.ubnd_tinh.pk

    @pytest.mark.parametrize(
        ("successor", "on", "code"),
        [
            (None, TODAY, "units-below"),
            ("self", TODAY, "own-successor"),
            ("ubnd_binh_cu", TODAY, "successor-not-in-force"),
            ("ubnd_phu_loc", MERGED, "begins-then"),
            ("ubnd_phu_loc", MERGED - DAY, "unit-not-in-force"),
        ],
    )
    def test_an_end_that_makes_no_sense_is_refused_whole(self, vu, world, successor, on, code):
        a_unit(name="Tổ công tác", area=None, parent=world.ubnd_binh_an, valid_from=MERGED)
        taker = world.ubnd_binh_an if successor == "self" else successor and getattr(world, successor)
        with pytest.raises(Refused) as refused:
            self.end(world.ubnd_binh_an, taker, vu, on)
        assert refused.value.code == code
        assert UnitVersion.objects.get(unit=world.ubnd_binh_an).valid_to is None

    def test_a_unit_to_be_renamed_later_is_not_ended_before(self, vu, world):
        change = UnitChange(TODAY + DAY, "Tên mới", parent_id=world.ubnd_tinh.pk)
        change_unit(unit_id=world.ubnd_binh_an.pk, change=change, by=vu.by, at=AT)
        with pytest.raises(Refused, match="đổi tên"):
            self.end(world.ubnd_binh_an, world.ubnd_phu_loc, vu)


HEAD = ("", "", "Chính quyền", "Cấp xã")


def handed_in(*rows: tuple[object, ...]) -> BytesIO:
    file = BytesIO(sheet(*rows))
    file.name = "don-vi.xlsx"
    return file


def digest_on(response) -> str:
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', response.content.decode())
    assert found, text(response)
    return found[1]


class TestSpreadsheet:
    def row(self, world, **changed):
        given = {
            "key": "to-1",
            "name": "Tổ dân phố 1",
            "parent": world.ubnd_binh_an.key,
            "area": "",
            "start": "01/03/2026",
        }
        given |= changed
        return (given["key"], given["name"], *HEAD, given["parent"], given["area"], given["start"], "")

    def test_a_file_is_checked_first_and_written_only_when_asked(self, sign_in, vu, world):
        client = sign_in(vu)
        checked = client.post("/don-vi/nap/", {"file": handed_in(self.row(world), self.row(world, key="to-2"))})
        assert "2 dòng đều đúng" in text(checked)
        assert not Unit.objects.filter(key="to-1").exists()
        client.post("/don-vi/nap/ghi/", {"digest": digest_on(checked)})
        assert Unit.objects.filter(key__in=["to-1", "to-2"]).count() == 2
        assert AdminEvent.objects.get().subject == "2 đơn vị"

    def test_one_wrong_row_keeps_all_out_and_the_file_comes_back_with_its_sentence(self, sign_in, vu, world):
        client = sign_in(vu)
        rows = (self.row(world), self.row(world, key="to-2", parent="khong-co"))
        checked = client.post("/don-vi/nap/", {"file": handed_in(*rows)})
        assert "1 dòng chưa đúng, chưa ghi gì" in text(checked)
        returned = client.post("/don-vi/nap/co-loi.xlsx", {"digest": digest_on(checked)})
        cells = list(openpyxl.load_workbook(BytesIO(returned.content)).active.iter_rows(values_only=True))
        assert (cells[0][-1], cells[2][-1]) == ("Lỗi", "Cột “Mã khóa cấp trên”: không có đơn vị “khong-co”.")
        assert client.post("/don-vi/nap/ghi/", {"digest": digest_on(checked)}).status_code == 422
        assert not Unit.objects.filter(key="to-1").exists()

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"parent": ""}, "Cột “Mã khóa cấp trên” đang trống"),
            ({"parent": "ben"}, "nằm ngoài phạm vi quản lý của bạn"),
            ({"parent": "party"}, "thuộc hệ thống Đảng"),
            ({"key": "other"}, "nằm ngoài phạm vi quản lý của bạn"),
            ({"area": "98001"}, "Cột “Mã địa bàn”: nằm ngoài địa bàn"),
            ({"start": "31/02/2026"}, "không có trong lịch"),
        ],
    )
    def test_a_row_reaching_beyond_ones_own_units_is_wrong(self, sign_in, vu, world, changed, sentence):
        keys = {"ben": world.ubnd_xa_ben.key, "party": world.dang_uy_binh_an.key, "other": world.ubnd_xa_ben.key}
        row = self.row(world, **{name: keys.get(value, value) for name, value in changed.items()})
        assert sentence in text(sign_in(vu).post("/don-vi/nap/", {"file": handed_in(row)}))

    def test_a_key_again_with_a_later_day_ends_what_was_before(self, sign_in, vu, world):
        client, first = sign_in(vu), date(2026, 4, 1)
        again = self.row(world, key=world.ubnd_binh_an.key, name="Phường mới", parent=world.ubnd_tinh.key, start=first)
        client.post("/don-vi/nap/ghi/", {"digest": digest_on(client.post("/don-vi/nap/", {"file": handed_in(again)}))})
        assert names(world.ubnd_binh_an.pk, first - DAY, first) == ["Ủy ban nhân dân xã Bình An", "Phường mới"]

    def test_the_same_row_twice_is_told_apart_by_its_number(self, sign_in, vu, world):
        checked = text(sign_in(vu).post("/don-vi/nap/", {"file": handed_in(self.row(world), self.row(world))}))
        assert "Trùng mã khóa và ngày bắt đầu với dòng 2." in checked

    def test_what_is_no_spreadsheet_is_refused_in_words(self, sign_in, vu):
        file = BytesIO(b"khong phai bang tinh")
        file.name = "x.xlsx"
        assert "không phải bảng tính .xlsx" in text(sign_in(vu).post("/don-vi/nap/", {"file": file}))

    def test_the_blank_names_the_units_and_areas_one_may_use(self, sign_in, vu, world):
        book = openpyxl.load_workbook(BytesIO(sign_in(vu).get("/don-vi/nap/mau.xlsx").content))
        assert book.sheetnames == ["Đơn vị", "Hướng dẫn", "Đơn vị cấp trên", "Địa bàn"]
        keys = {row[0] for row in book["Đơn vị cấp trên"].iter_rows(min_row=2, values_only=True)}
        assert keys == {
            u.key
            for u in (world.ubnd_tinh, world.so_xay_dung, world.ubnd_binh_an, world.ubnd_phu_loc, world.ubnd_trung_tam)
        }
        assert [cell.value for cell in book["Đơn vị"][1]] == list(COLUMNS)

    def test_a_file_nobody_handed_in_is_gone(self, sign_in, vu):
        assert sign_in(vu).post("/don-vi/nap/ghi/", {"digest": "0" * 64}).status_code == 409


def test_an_operator_cares_for_ended_units_below_but_not_for_those_that_moved_away(vu, world):
    assert world.ubnd_binh_cu.pk in set(ids_cared_for(vu.by, TODAY))
    UnitVersion.objects.filter(unit=world.ubnd_trung_tam).update(valid_to=TODAY)
    UnitClosure.objects.filter(descendant=world.ubnd_trung_tam).update(valid_to=TODAY)
    UnitVersion.objects.create(
        unit=world.ubnd_trung_tam, tree="government", level="commune", name="Phường Trung Tâm", parent=world.ubnd_tinh_ban,
        valid_from=TODAY, fold="", sort_key="",
    )  # fmt: skip
    assert world.ubnd_trung_tam.pk not in set(ids_cared_for(vu.by, TODAY))


def test_a_unit_out_of_sight_cannot_be_ended(vu, world):
    with pytest.raises(Absent):
        end_unit(unit_id=world.ubnd_xa_ben.pk, successor_id=None, on=TODAY, event=Event.END, source="", by=vu.by, at=AT)
