"""Machines keep the calendar and the register of reception as people do, with the same refusals."""

import hashlib
import json
from datetime import date

import pytest

from danvan.matters.models import Reception, ReceptionSlot
from danvan.units.models import ApiToken
from tests.world import AT

pytestmark = pytest.mark.usefixtures("frozen")
SLOTS = {"days": ["2026-03-19", "2026-03-26"], "starts": "08:00", "ends": "11:00", "place": "Trụ sở UBND xã",
         "who": "Chủ tịch UBND xã"}  # fmt: skip
TURN = {"received_on": "2026-03-12", "summary": "Đường vào ấp 3 ngập.", "persons": 6, "key": "k",
        "visitor": {"name": "Lê Thị Bưởi", "phone": "0912345678"}}  # fmt: skip


@pytest.fixture
def call(client):
    def called(officer, verb, path, body=None):
        headers = {}
        if officer is not None:
            token = f"token-{officer.account.username}"
            ApiToken.objects.get_or_create(
                digest=hashlib.sha256(token.encode()).hexdigest(),
                defaults={"holding": officer.holding, "name": "máy", "created_at": AT, "expires_on": date(2027, 1, 1)},
            )
            headers = {"Authorization": f"Bearer {token}"}
        answer = client.generic(verb, f"/api/v1{path}", json.dumps(body) if body is not None else "",
                                content_type="application/json", headers=headers)  # fmt: skip
        return answer.status_code, answer.json()

    return called


def test_the_calendar_from_planning_to_the_public(world, nam, call):
    status, ids = call(nam, "POST", "/reception-slots", SLOTS)
    public = f"/public/reception-slots/{world.ubnd_binh_an.id}"
    assert (status, len(ids), call(None, "GET", public)) == (201, 2, (200, []))
    assert call(nam, "POST", "/reception-slots/publish", {"ids": ids}) == (200, {"published": 2})
    status, off = call(nam, "POST", f"/reception-slots/{ids[0]}/cancel", {"reason": "Họp"})
    assert (status, off["cancelled"], off["reason"]) == (200, True, "Họp")
    shown = call(None, "GET", public)[1]
    assert [(one["on"], one["cancelled"], "led_by" in one) for one in shown] == [
        ("2026-03-19", True, False), ("2026-03-26", False, False)
    ]  # fmt: skip
    month = call(nam, "GET", "/reception-slots?month=2026-03-01")[1]
    assert [(one["start"], one["rule"], one["owed"], one["planned"]) for one in month["owed"]][-2:] == [
        ("2026-03-23", "TCD-15a", 1, 1), ("2026-03-30", "TCD-15a", 1, 0)
    ]  # fmt: skip


def test_a_turn_from_the_door_to_its_result_without_ever_giving_out_who_came(nam, call):
    (status, made), (_again, same) = (call(nam, "POST", "/reception-turns", TURN) for _ in range(2))
    assert (status, made, Reception.objects.count()) == (201, same, 1)
    assert (made["number"], made["is_group"], made["due"]) == (1, True, "2026-03-26")
    path = f"/reception-turns/{made['id']}"
    assert [one["id"] for one in call(nam, "GET", "/reception-turns/untold")[1]["turns"]] == [made["id"]]
    told = call(nam, "POST", f"{path}/tell", {"told": "later", "text": "Khảo sát."})[1]
    done = call(nam, "POST", f"{path}/result", {"result": "Đã nâng nền"})[1]
    entry = {"summary": TURN["summary"], "persons": 2, "reason": "Đếm lại"}
    corrected = call(nam, "PUT", path, entry)[1]
    assert (told["told"], done["result"], corrected["persons"], corrected["is_group"]) == (
        "later", "Đã nâng nền", 2, False
    )  # fmt: skip
    listed = call(nam, "GET", "/reception-turns?kind=reflection")[1]["turns"]
    assert "Bưởi" not in json.dumps([listed, corrected], ensure_ascii=False)
    assert call(nam, "POST", f"{path}/strike", {"reason": "Nhầm"})[1]["struck_at"] is not None
    assert call(nam, "POST", f"{path}/strike", {"reason": "Nhầm"})[1]["code"] == "struck-out"


def test_refusals_name_their_field(nam, call):
    status, refusal = call(nam, "POST", "/reception-turns", TURN | {"persons": 0})
    assert (status, refusal["field"]) == (422, "persons")
    status, refusal = call(nam, "POST", "/reception-turns", TURN | {"visitor": {"id_number": "096184005577"}})
    assert (status, refusal["code"]) == (422, "id-number-not-asked")


def test_others_find_nothing_and_whoever_looks_on_changes_nothing(nam, thu, kim, mai, call):
    turn = call(nam, "POST", "/reception-turns", TURN)[1]
    (slot, _other) = call(nam, "POST", "/reception-slots", SLOTS)[1]
    paths = [
        ("POST", f"/reception-turns/{turn['id']}/tell", {"told": "later", "text": "x"}),
        ("POST", f"/reception-turns/{turn['id']}/result", {"result": "x"}),
        ("POST", f"/reception-turns/{turn['id']}/strike", {"reason": "x"}),
        ("PUT", f"/reception-turns/{turn['id']}", {"summary": "x", "reason": "x"}),
        ("POST", f"/reception-slots/{slot}/cancel", {"reason": "x"}),
        ("POST", "/reception-slots/publish", {"ids": [slot]}),
    ]
    for officer, refused in ((thu, 404), (kim, 403), (mai, 404)):
        assert {call(officer, *path)[0] for path in paths} == {refused}
    for officer, status in ((thu, 404), (kim, 200), (mai, 404)):
        assert call(officer, "GET", f"/reception-turns/{turn['id']}")[0] == status
    assert call(thu, "GET", "/reception-turns")[1]["turns"] == []
    assert call(None, "GET", "/reception-turns")[0] == 401
    assert ReceptionSlot.objects.filter(published_at__isnull=True, cancelled_at__isnull=True).count() == 2
