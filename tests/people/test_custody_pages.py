"""The pages of custodians, of the second consent that shows the identity once, and of what was destroyed."""

import json
import sys
from datetime import timedelta

import pytest
from django.urls import reverse

from danvan.people.actions import erase_expired, keep, refuse
from danvan.people.desk import openings
from danvan.people.kinds import Purpose, Side
from danvan.people.models import Custodian, IdentityOpening
from danvan.web.cli import main
from tests.people.conftest import DENOUNCER, LETTER, PHRASES, PURPOSE
from tests.people.test_sealed_for_good import leaks
from tests.world import AT, MAU, PASSWORD

pytestmark = pytest.mark.usefixtures("frozen")
OK, FOUND, NOT_FOUND, UNPROCESSABLE = 200, 302, 404, 422


def text(response):
    return response.content.decode()


class TestKeepingKeys:
    def test_a_leader_appoints_and_the_custodian_sets_the_passphrase_alone(self, sign_in, tu, binh, world):
        page = reverse("custody", args=[world.ubnd_binh_an.id])
        leader = sign_in(tu)
        assert leader.get(reverse("custody-home")).headers["Location"] == page
        assert "Chưa có người giữ khóa: bên thứ nhất, bên thứ hai" in text(leader.get(page))
        answer = leader.post(page, {"account": binh.account.pk, "side": "first"}, follow=True)
        assert "Đã giao Phan Quốc Bình giữ khóa." in text(answer)
        made = Custodian.objects.get()
        form, phrase = reverse("key-set", args=[made.pk]), PHRASES[Side.FIRST]
        assert leader.get(form).status_code == NOT_FOUND
        own = sign_in(binh)
        assert form in text(own.get(page))
        done = own.post(form, {"passphrase": phrase, "again": phrase}, follow=True)
        assert "Đã đặt cụm mật khẩu." in text(done)
        made.refresh_from_db()
        assert made.fingerprint in text(own.get(page))

    def test_who_alone_holds_identities_is_told_so_before_the_passphrase_is_lost(
        self, sign_in, tu, world, custody, an_identity
    ):
        page = reverse("custody", args=[world.ubnd_binh_an.id])
        assert "hỉ mình người này giữ" not in text(sign_in(tu).get(page))
        an_identity()
        shown = text(sign_in(tu).get(page))
        assert shown.count("hỉ mình người này giữ 1 danh tính") == 2 and "Mất cụm mật khẩu này" in shown

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ({"passphrase": "", "again": ""}, "Nhập cụm mật khẩu."),
            ({"passphrase": "một cụm đủ dài đây", "again": "một cụm khác hẳn"}, "Hai lần nhập không giống nhau."),
            ({"passphrase": "ngắn thôi", "again": "ngắn thôi"}, "Cụm mật khẩu dài từ 12 đến 200 ký tự"),
            ({"passphrase": PASSWORD, "again": PASSWORD}, "Cụm mật khẩu phải khác mật khẩu đăng nhập."),
        ],
    )
    def test_a_wrong_passphrase_is_told_and_never_written_back(self, sign_in, tu, binh, typed, told):
        from danvan.people.actions import appoint_custodian

        made = appoint_custodian(
            unit_id=binh.unit.id, account_id=binh.account.pk, side=Side.FIRST, by=tu.by, at=AT
        )  # fmt: skip
        answer = sign_in(binh).post(reverse("key-set", args=[made.pk]), typed)
        assert answer.status_code == UNPROCESSABLE
        assert told in text(answer)
        assert [value for value in typed.values() if value and value in text(answer)] == []
        assert text(answer).count('autocomplete="off"') >= 2

    def test_changing_sharing_handing_over_and_ending_each_have_a_page(
        self, sign_in, custody, appointed, an_identity, binh, mai, tu
    ):
        an_identity()
        own, key, phrase = sign_in(binh), custody[0].pk, PHRASES[Side.FIRST]
        assert "Chưa có ai cùng bên đã đặt cụm mật khẩu" in text(own.get(reverse("key-share", args=[key])))
        to, new = appointed(mai, Side.FIRST), "chín con chim sẻ đậu mái đình"
        changed = own.post(
            reverse("key-change", args=[key]), {"passphrase": phrase, "new": new, "again": new}, follow=True
        )
        assert "Đã đổi cụm mật khẩu." in text(changed)
        wrong = own.post(reverse("key-share", args=[key]), {"to": to.pk, "passphrase": phrase})
        assert "Cụm mật khẩu không đúng. Còn 4 lần thử." in text(wrong)
        assert phrase not in text(wrong)
        shared = own.post(reverse("key-share", args=[key]), {"to": to.pk, "passphrase": new}, follow=True)
        assert "Đã chia phần khóa của 1 danh tính." in text(shared)
        given = own.post(reverse("key-hand-over", args=[key]), {"to": to.pk, "passphrase": new}, follow=True)
        assert "Đã bàn giao phần khóa của 1 danh tính. Bạn thôi giữ khóa." in text(given)
        ending = reverse("custody-end", args=[to.pk])
        leader = sign_in(tu)
        assert "1 danh tính chỉ người này giữ phần khóa ở bên mình" in text(leader.get(ending))
        assert leader.post(ending).status_code == UNPROCESSABLE
        assert leader.post(ending, {"knowing": "on"}).status_code == FOUND
        assert "1 danh tính không ai mở được nữa" in text(leader.get(reverse("custody-home"), follow=True))

    def test_who_keeps_no_key_is_told_what_this_is(self, sign_in, thu, kim):
        for officer in (thu, kim):
            assert "Bạn không giữ khóa danh tính ở đơn vị nào" in text(sign_in(officer).get(reverse("custody-home")))

    def test_another_units_custody_is_as_unknown_as_none(self, sign_in, custody, thu, sau, world):
        from uuid import uuid4

        for officer in (thu, sau):
            client = sign_in(officer)
            answers = [
                client.get(reverse("custody", args=[unit])) for unit in (world.ubnd_binh_an.id, uuid4())
            ] + [
                client.get(reverse(name, args=[custody[0].pk]))
                for name in ("key-set", "key-change", "key-share", "key-hand-over", "custody-end")
            ]  # fmt: skip
            assert {answer.status_code for answer in answers} == {NOT_FOUND}
            assert [name for name in ("Phan Quốc Bình", "Lâm Hải Yến") for a in answers if name in text(a)] == []


class TestOpening:
    def test_the_second_consent_shows_the_identity_once(self, sign_in, custody, binh, yen, an_identity, asked):
        opening = asked(an_identity(files=(LETTER, b"%PDF-1.7 thu danh may")))
        page = reverse("opening", args=[opening.pk])
        first, second = sign_in(binh), sign_in(yen)
        assert PURPOSE in text(second.get(reverse("opening-list")))
        half = first.post(page, {"passphrase": PHRASES[Side.FIRST]}, follow=True)
        assert "Bên kia có 24 giờ để đồng ý." in text(half)
        assert leaks(half.content) == []
        opened = second.post(page, {"passphrase": PHRASES[Side.SECOND]})
        assert opened.headers["Cache-Control"] == "no-store"
        for value in (DENOUNCER.name, DENOUNCER.phone, DENOUNCER.id_number, DENOUNCER.address, DENOUNCER.email):
            assert value in text(opened)
        assert text(opened).count('src="data:image/png;base64,') == 1
        assert text(opened).count('download="tep-') == 2
        again = second.get(page)
        assert leaks(again.content) == []
        assert "đã mở" in text(again)

    def test_a_wrong_passphrase_stands_at_its_field(self, sign_in, custody, binh, an_identity, asked):
        opening = asked(an_identity())
        answer = sign_in(binh).post(reverse("opening", args=[opening.pk]), {"passphrase": "không phải cụm này"})
        assert answer.status_code == UNPROCESSABLE
        assert "Cụm mật khẩu không đúng. Còn 4 lần thử." in text(answer)
        assert "không phải cụm này" not in text(answer)

    def test_a_refusal_ends_it(self, sign_in, custody, yen, nam, an_identity, asked):
        opening = asked(an_identity())
        client, page = sign_in(yen), reverse("opening-refuse", args=[opening.pk])
        assert client.post(page, {"reason": ""}).status_code == UNPROCESSABLE
        assert "Đã từ chối." in text(client.post(page, {"reason": "Chưa cần ở bước này"}, follow=True))
        seen = text(sign_in(nam).get(reverse("opening", args=[opening.pk])))
        assert "Chưa cần ở bước này" in seen

    def test_who_asked_sees_how_it_stands_and_consents_to_nothing(self, sign_in, custody, nam, an_identity, asked):
        opening = asked(an_identity())
        client, page = sign_in(nam), reverse("opening", args=[opening.pk])
        assert "Đồng ý mở" not in text(client.get(page))
        assert client.post(page, {"passphrase": PHRASES[Side.FIRST]}).status_code in (NOT_FOUND, UNPROCESSABLE)
        assert IdentityOpening.objects.get().consented_at is None

    def test_strangers_and_superiors_find_nothing(self, sign_in, custody, thu, sau, kim, vu, an_identity, asked):
        from uuid import uuid4

        opening = asked(an_identity())
        for officer in (thu, sau, kim, vu):
            client = sign_in(officer)
            for key in (opening.pk, uuid4()):
                assert client.get(reverse("opening", args=[key])).status_code == NOT_FOUND
                refused = client.post(reverse("opening-refuse", args=[key]), {"reason": "Không"})
                assert refused.status_code == NOT_FOUND
            assert PURPOSE not in text(client.get(reverse("opening-list")))

    def test_one_and_three_askings_cost_the_same(
        self, sign_in, custody, yen, nam, an_identity, asked, django_assert_num_queries
    ):
        client, page = sign_in(yen), reverse("opening-list")
        asked(an_identity())
        client.get(page)
        with django_assert_num_queries(7):
            client.get(page)
        asked(an_identity())
        refuse(opening_id=asked(an_identity()).pk, reason="Không cần", by=yen.by, at=AT)
        with django_assert_num_queries(7):
            client.get(page)


def test_an_error_report_from_the_very_page_of_the_identity_tells_nothing(
    sign_in, custody, binh, yen, an_identity, asked, monkeypatch
):
    from django.core.signals import got_request_exception
    from django.views.debug import ExceptionReporter

    reports = []

    def keep_report(request, **_more):
        reporter = ExceptionReporter(request, *sys.exc_info())
        reports.append(reporter.get_traceback_html() + reporter.get_traceback_text())

    opening = asked(an_identity())
    page, second = reverse("opening", args=[opening.pk]), sign_in(yen)
    sign_in(binh).post(page, {"passphrase": PHRASES[Side.FIRST]})
    second.raise_request_exception = False
    monkeypatch.setattr(openings, "asking_page", None)
    got_request_exception.connect(keep_report)
    try:
        assert second.post(page, {"passphrase": PHRASES[Side.SECOND]}).status_code == 500
    finally:
        got_request_exception.disconnect(keep_report)
    (report,) = reports
    assert "_opened" in report
    assert leaks(report) == []


class TestTheCommand:
    def test_it_tells_numbers_and_no_name(self, custody, an_identity, capsys):
        an_identity()
        assert main(["custody", "status"]) == 0
        assert capsys.readouterr().out == (
            "Ủy ban nhân dân xã Bình An: bên thứ nhất 1, bên thứ hai 1 người có khóa; 1 danh tính, 0 không ai mở được "
            "nữa; lần mở gần nhất: chưa mở lần nào\n"
        )
        assert main(["custody", "status", "--json"]) == 0
        (row,) = json.loads(capsys.readouterr().out)
        assert (row["first"], row["second"], row["kept"], row["lost"]) == (1, 1, 1, 0)

    def test_there_is_no_command_to_open(self, db, capsys):
        with pytest.raises(SystemExit):
            main(["custody", "open"])
        assert "open" in capsys.readouterr().err


class TestDisposals:
    def test_auditors_and_operators_read_what_was_destroyed(self, sign_in, hoa, kim, vu, nam):
        keep(home_area=MAU, purpose=Purpose.ANSWER, phone=hoa.phone, at=AT - timedelta(days=200))
        erase_expired(at=AT)
        for officer in (kim, vu):
            shown = text(sign_in(officer).get(reverse("disposal-list")))
            assert "Thông tin liên hệ của người gửi" in shown
            assert "24/08/2025 – 24/08/2025" in shown
            assert "chưa kiểm chứng" in shown
        assert sign_in(nam).get(reverse("disposal-list")).status_code == 403


def test_nobody_gets_anywhere_without_signing_in(client, db):
    for name in ("custody-home", "opening-list", "disposal-list"):
        assert client.get(reverse(name)).status_code == FOUND
