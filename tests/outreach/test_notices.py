"""What is told to a person is written with the change, delivered by a job, and never lost silently."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries, Settings

from danvan.base.encryption import new_key_line
from danvan.base.errors import Absent, Invalid, Refused
from danvan.base.jobs import TryAgain
from danvan.outreach import jobs
from danvan.outreach.actions import deliver, deliver_forgotten, pass_on, settle
from danvan.outreach.kinds import Channel, Delivery, Template
from danvan.outreach.models import Notice
from danvan.outreach.queries import message_of, of_code, to_do, tracking_link
from danvan.people.actions import erase_expired, keep
from danvan.people.kinds import Purpose
from danvan.people.models import Contact
from tests.outreach.conftest import CODE, MailServer, Teller
from tests.world import AT, MAU, Citizen, Officer, World

FILES = "django.core.mail.backends.filebased.EmailBackend"


def test_a_notice_and_its_task_are_one_insert_each(
    told: Teller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        notice = told()
    queued = DBTaskResult.objects.get()
    assert (queued.task_path, queued.args_kwargs["args"]) == ("danvan.outreach.jobs.deliver", [str(notice.id)])


def test_a_change_that_is_rolled_back_tells_nobody(told: Teller) -> None:
    with transaction.atomic():
        told()
        transaction.set_rollback(True)
    assert (Notice.objects.count(), DBTaskResult.objects.count()) == (0, 0)


@pytest.mark.parametrize("template", Template)
@pytest.mark.parametrize("hotline", ["", "1900 0000"])
def test_a_message_tells_the_code_the_link_and_the_hotline(
    template: Template, hotline: str, told: Teller, settings: Settings
) -> None:
    settings.PUBLIC_URL, settings.HOTLINE = "https://danvan.mau.example/", hotline
    message = message_of(told(template=template))
    assert CODE in message.subject
    assert message.body.count(CODE) >= 2
    assert f"\nhttps://danvan.mau.example/tra-cuu/{CODE}\n" in message.body
    assert ("Hỏi thêm qua điện thoại: 1900 0000" in message.body) == bool(hotline)
    assert "\n\n\n" not in message.body


def test_a_link_carries_a_code_whatever_it_contains(settings: Settings) -> None:
    settings.PUBLIC_URL = "http://localhost:8000"
    assert tracking_link("A&B/ C") == "http://localhost:8000/tra-cuu/A%26B/%20C"


class TestByEmail:
    def test_a_letter_goes_to_the_address_and_names_nothing_but_the_code(
        self, told: Teller, mail_server: MailServer, hoa: Citizen
    ) -> None:
        notice = told()
        jobs.deliver.call(str(notice.id))
        notice.refresh_from_db()
        (letter,) = mail_server.letters
        assert (notice.state, notice.attempts) == (Delivery.SENT, 1)
        assert f"To: {hoa.email}" in letter
        assert str(notice.id) not in letter and notice.id.hex not in letter
        assert hoa.name not in letter and hoa.phone not in letter

    def test_a_second_run_of_the_same_task_sends_nothing(self, told: Teller, mail_server: MailServer) -> None:
        notice = told()
        assert deliver(notice_id=notice.id, at=AT) and deliver(notice_id=notice.id, at=AT)
        assert len(mail_server.letters) == 1

    def test_a_letter_sent_twice_by_accident_bears_the_same_message_id(
        self, told: Teller, mail_server: MailServer
    ) -> None:
        notice = told()
        deliver(notice_id=notice.id, at=AT)
        Notice.objects.update(state=Delivery.WAITING, settled_at=None)
        deliver(notice_id=notice.id, at=AT)
        deliver(notice_id=told().id, at=AT)
        first, again, other = (_message_id(letter) for letter in mail_server.letters)
        assert first == again != other

    def test_an_address_refused_for_good_becomes_an_officers_to_do(
        self, told: Teller, mail_server: MailServer, hoa: Citizen, world: World
    ) -> None:
        mail_server.answer_to_recipient = f"550 no such user {hoa.email}"
        notice = told()
        assert deliver(notice_id=notice.id, at=AT)
        notice.refresh_from_db()
        assert (notice.state, notice.receipt) == (
            Delivery.FAILED,
            "Máy chủ thư từ chối địa chỉ người nhận (mã 550).",
        )
        assert list(to_do(world.ubnd_binh_an.id)) == [notice]

    def test_a_passing_refusal_is_tried_five_times_and_then_an_officer_is_asked(
        self, told: Teller, mail_server: MailServer, hoa: Citizen
    ) -> None:
        mail_server.answer_to_recipient = f"451 try later {hoa.email}"
        notice = told()
        for _ in range(4):
            with pytest.raises(TryAgain) as again:
                jobs.deliver.call(str(notice.id))
            assert hoa.email not in repr(again.value) + str(again.value.__context__)
        jobs.deliver.call(str(notice.id))
        notice.refresh_from_db()
        assert (notice.state, notice.attempts) == (Delivery.FAILED, 5)

    def test_a_mail_server_that_is_away_is_tried_again(self, told: Teller, settings: Settings) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        notice = told()
        assert not deliver(notice_id=notice.id, at=AT)
        notice.refresh_from_db()
        assert (notice.state, notice.receipt) == (Delivery.WAITING, "Không liên lạc được với máy chủ thư.")

    def test_without_a_mail_server_a_letter_is_written_and_an_officer_is_asked(
        self, told: Teller, settings: Settings, tmp_path: Path, hoa: Citizen
    ) -> None:
        settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FILES, tmp_path / "mail"
        notice = told()
        deliver(notice_id=notice.id, at=AT)
        notice.refresh_from_db()
        (letter,) = (tmp_path / "mail").iterdir()
        assert f"To: {hoa.email}" in letter.read_text()
        assert (tmp_path / "mail").stat().st_mode & 0o077 == 0
        assert (notice.state, notice.receipt) == (
            Delivery.TO_DO,
            "Chưa cấu hình máy chủ thư; thư đã ghi vào thư mục thư đi.",
        )

    @pytest.mark.parametrize("backend", [FILES, "django.core.mail.backends.smtp.EmailBackend"])
    def test_an_address_no_letter_can_carry_becomes_an_officers_to_do(
        self, backend: str, told: Teller, mail_server: MailServer, settings: Settings, tmp_path: Path, contact: Contact
    ) -> None:
        settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = backend, tmp_path
        odd = keep(home_area=MAU, purpose=Purpose.ANSWER, email=f"hoa@{'ế' * 60}.vn", at=AT)
        Notice.objects.filter(pk=told().pk).update(contact=odd)
        notice = Notice.objects.get()
        deliver(notice_id=notice.id, at=AT)
        notice.refresh_from_db()
        assert (notice.state, notice.receipt) == (
            Delivery.FAILED,
            "Địa chỉ thư điện tử của người gửi không dùng được.",
        )

    def test_letters_on_the_disk_do_not_stay(self, settings: Settings, tmp_path: Path) -> None:
        settings.EMAIL_FILE_PATH = tmp_path
        letter = tmp_path / "20260312-090000-1.log"
        letter.write_text("To: hoa@thu.example")
        written = AT.fromtimestamp(letter.stat().st_mtime, tz=AT.tzinfo)
        jobs.discard_letters(written + timedelta(days=29))
        assert letter.exists()
        jobs.discard_letters(written + timedelta(days=31))
        assert not letter.exists()

    def test_who_left_no_address_is_reached_by_an_officer(self, told: Teller, contact: Contact) -> None:
        Contact.objects.update(email=None)
        notice = told()
        deliver(notice_id=notice.id, at=AT)
        notice.refresh_from_db()
        assert (notice.state, notice.receipt) == (
            Delivery.FAILED,
            "Người gửi không để lại địa chỉ thư điện tử.",
        )


class TestByAnOfficer:
    @pytest.mark.parametrize("channel", [Channel.PHONE, Channel.OFFICE])
    def test_a_call_or_a_visit_is_to_do_until_an_officer_says_it_is_done(
        self, channel: Channel, told: Teller, nam: Officer
    ) -> None:
        notice = told(channel=channel)
        deliver(notice_id=notice.id, at=AT)
        assert list(to_do(nam.unit.id)) == [notice]
        done = settle(notice_id=notice.id, by=nam.by, note="Đã gọi, bà đã rõ", at=AT)
        assert (done.state, done.settled_by, done.receipt) == (Delivery.DONE, nam.post, "Đã gọi, bà đã rõ")
        assert list(to_do(nam.unit.id)) == []
        with pytest.raises(Refused) as refusal:
            settle(notice_id=notice.id, by=nam.by, at=AT)
        assert refusal.value.code == "notice-settled"

    def test_only_officers_of_the_unit_say_so(self, request: pytest.FixtureRequest, told: Teller) -> None:
        notice = told(channel=Channel.PHONE)
        deliver(notice_id=notice.id, at=AT)
        for name in ("mai", "thu", "lan", "sau", "kim", "vu", "ben"):
            with pytest.raises(Refused):
                settle(notice_id=notice.id, by=request.getfixturevalue(name).by, at=AT)
        notice.refresh_from_db()
        assert notice.state == Delivery.TO_DO

    def test_an_officer_elsewhere_is_told_that_there_is_no_such_notice(self, told: Teller, thu: Officer) -> None:
        notice = told(channel=Channel.PHONE)
        with pytest.raises(Absent):
            settle(notice_id=notice.id, by=thu.by, at=AT)

    def test_a_note_too_long_is_refused_at_its_field(self, told: Teller, nam: Officer) -> None:
        notice = told(channel=Channel.PHONE)
        deliver(notice_id=notice.id, at=AT)
        with pytest.raises(Invalid) as refusal:
            settle(notice_id=notice.id, by=nam.by, note="g" * 161, at=AT)
        assert refusal.value.field == "note"

    def test_what_is_still_to_tell_goes_with_a_matter_that_is_handed_over(self, told: Teller, world: World) -> None:
        call, other = told(channel=Channel.PHONE), told(channel=Channel.PHONE, code="DV99-AAAA-AAAAA")
        letter = told(at=AT + timedelta(minutes=1))
        for notice in (call, other):
            deliver(notice_id=notice.id, at=AT)
        assert pass_on(home_area=MAU, code=CODE, unit_id=world.ubnd_phu_loc.id) == 2
        assert list(to_do(world.ubnd_phu_loc.id)) == [call]
        assert list(to_do(world.ubnd_binh_an.id)) == [other]
        assert list(of_code(MAU, CODE)) == [call, letter]


class TestWhenThingsAreGone:
    def test_an_erased_contact_is_written_to_no_more(self, told: Teller, mail_server: MailServer) -> None:
        notice = told()
        erase_expired(at=AT + timedelta(days=180))
        deliver(notice_id=notice.id, at=AT)
        notice.refresh_from_db()
        assert (notice.state, notice.receipt) == (Delivery.FAILED, "Thông tin liên hệ đã được xóa.")
        assert mail_server.letters == []

    def test_a_contact_under_a_lost_key_is_told_to_the_officer(self, told: Teller, settings: Settings) -> None:
        notice = told()
        settings.VAULT_KEYS = new_key_line(7)
        deliver(notice_id=notice.id, at=AT)
        notice.refresh_from_db()
        assert notice.state == Delivery.FAILED

    def test_a_notice_that_is_gone_needs_nothing(self, told: Teller) -> None:
        notice = told()
        Notice.objects.all().delete()
        assert deliver(notice_id=notice.id, at=AT)

    def test_what_still_waits_after_a_day_is_queued_again(self, told: Teller) -> None:
        waiting, sent = told(), told(channel=Channel.PHONE)
        deliver(notice_id=sent.id, at=AT)
        DBTaskResult.objects.all().delete()
        assert deliver_forgotten(at=AT + timedelta(hours=23)) == 0
        assert deliver_forgotten(at=AT + timedelta(hours=25)) == 1
        assert DBTaskResult.objects.get().args_kwargs["args"] == [str(waiting.id)]


def _message_id(letter: str) -> str:
    return next(line for line in letter.splitlines() if line.startswith("Message-ID"))
