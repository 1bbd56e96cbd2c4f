"""What has served its time is destroyed in batches that are told; people get a copy of their own data, or its end."""

import json
from datetime import date, timedelta

import pytest

from danvan.base import files
from danvan.base.errors import Absent, Forbidden, Invalid, Refused
from danvan.people.actions import (
    ask_opening,
    dispose_identities,
    erase_expired,
    erase_on_request,
    export_own,
    keep,
    keep_identity,
    reopen_identity,
)
from danvan.people.kinds import KEPT_DAYS, RETENTION, OwnSection, Purpose, RetentionClass
from danvan.people.models import Contact, CustodyEvent, DataRequest, DisposalBatch, IdentityShare, SealedFile
from danvan.people.queries import data_requests_of, disposals
from danvan.units.access import CITIZEN, NOBODY
from tests.people.conftest import CARD, LETTER, PURPOSE
from tests.world import AT, BAN, MAU, TODAY

YEARS_LATER = AT + timedelta(days=15 * 366)


class TestClasses:
    def test_every_class_says_its_source_and_how_sure_we_are(self):
        assert [key for key, one in RETENTION.items() if not one.source or one.evidence not in "PSM"] == []

    def test_contacts_are_kept_180_days_files_15_years_and_serious_ones_for_ever(self):
        start = date(2026, 3, 12)
        assert {key: one.until(start) for key, one in RETENTION.items()} == {
            "contact": date(2026, 9, 8),
            "complaint-file": date(2041, 3, 12),
            "denunciation-file": date(2041, 3, 12),
            "serious-file": None,
        }
        assert KEPT_DAYS[Purpose.ANSWER] == 180

    def test_a_time_begun_on_a_leap_day_ends_on_the_first_of_march(self):
        assert RetentionClass("x", "x", "x", "x", "M", years=15).until(date(2028, 2, 29)) == date(2043, 3, 1)


@pytest.mark.django_db
class TestBatches:
    def test_a_night_that_erases_contacts_leaves_a_batch_of_each_province(self, hoa):
        for area, day in ((MAU, 0), (MAU, 1), (BAN, 2)):
            keep(home_area=area, purpose=Purpose.ANSWER, phone=hoa.phone, at=AT - timedelta(days=200 - day))
        assert erase_expired(at=AT) == 3
        batches = DisposalBatch.objects.order_by("home_area")
        told = [(b.home_area, b.retention, b.count, b.oldest_on, b.newest_on, b.at) for b in batches]
        first = TODAY - timedelta(days=200)
        assert told == [
            (BAN, "contact", 1, first + timedelta(days=2), first + timedelta(days=2), AT),
            (MAU, "contact", 2, first, first + timedelta(days=1), AT),
        ]

    def test_a_night_with_nothing_to_do_leaves_nothing(self, a_contact):
        a_contact()
        assert (erase_expired(at=AT), dispose_identities(at=AT)) == (0, 0)
        assert not DisposalBatch.objects.exists()

    def test_an_identity_goes_fifteen_years_after_its_case_was_closed(self, custody, nam, an_identity, asked):
        identity = an_identity(files=(LETTER,))
        asked(identity)
        assert dispose_identities(at=YEARS_LATER) == 0
        keep_identity(identity_id=identity.pk, retention="denunciation-file", closed_on=TODAY)
        assert dispose_identities(at=AT + timedelta(days=15 * 365)) == 0
        assert dispose_identities(at=YEARS_LATER) == 1
        identity.refresh_from_db()
        assert (identity.body, identity.erased_at) == (None, YEARS_LATER)
        assert not IdentityShare.objects.exists()
        assert not SealedFile.objects.exists()
        assert [line.verb for line in CustodyEvent.objects.filter(identity_ref=identity.pk)] == ["asked", "erased"]
        assert DisposalBatch.objects.get().retention == "denunciation-file"
        with pytest.raises(Refused) as refusal:
            ask_opening(identity_id=identity.pk, purpose=PURPOSE, by=nam.by, unit_id=nam.unit.id, at=YEARS_LATER)
        assert refusal.value.code == "identity-erased"

    def test_the_letters_of_a_destroyed_identity_leave_the_store(self, custody, an_identity):
        import os

        identity = an_identity(files=(LETTER,))
        digest = identity.files.get().digest
        keep_identity(identity_id=identity.pk, retention="denunciation-file", closed_on=TODAY)
        dispose_identities(at=YEARS_LATER)
        old = (AT - timedelta(days=9)).timestamp()
        os.utime(files._path(digest), (old, old))
        files.sweep(at=AT)
        with pytest.raises(Absent):
            files.open(digest)

    def test_a_serious_case_and_one_that_runs_again_keep_theirs(self, custody, an_identity):
        serious, reopened = an_identity(), an_identity()
        keep_identity(identity_id=serious.pk, retention="serious-file", closed_on=TODAY)
        keep_identity(identity_id=reopened.pk, retention="denunciation-file", closed_on=TODAY)
        reopen_identity(identity_id=reopened.pk)
        assert dispose_identities(at=YEARS_LATER) == 0

    def test_auditors_and_operators_of_the_province_read_the_batches(self, hoa, kim, vu, nam, tu, ben):
        keep(home_area=MAU, purpose=Purpose.ANSWER, phone=hoa.phone, at=AT - timedelta(days=200))
        keep(home_area=BAN, purpose=Purpose.ANSWER, phone=hoa.phone, at=AT - timedelta(days=200))
        erase_expired(at=AT)
        for officer in (kim, vu):
            (row,) = disposals(officer.by, TODAY).rows
            assert (row.batch.home_area, row.batch.count) == (MAU, 1)
            assert row.retention == RETENTION["contact"]
        for by in (nam.by, tu.by, ben.by, CITIZEN, NOBODY):
            with pytest.raises(Forbidden):
                disposals(by, TODAY)

    def test_the_list_goes_on_where_the_page_ends(self, kim):
        for _ in range(51):
            DisposalBatch.objects.create(
                home_area=MAU, retention="contact", count=1, oldest_on=TODAY, newest_on=TODAY, label="x", at=AT
            )
        first = disposals(kim.by, TODAY)
        second = disposals(kim.by, TODAY, after=first.next)
        assert (len(first.rows), len(second.rows), second.next) == (50, 1, "")
        with pytest.raises(Invalid):
            disposals(kim.by, TODAY, after="không phải")


@pytest.mark.django_db
class TestOwnData:
    def test_a_person_gets_everything_kept_and_who_read_it(self, nam, hoa, a_contact, opened):
        contact = a_contact()
        opened(contact, nam, "Gọi báo kết quả")
        section = OwnSection("Ý kiến", (("Nội dung", "Cầu Đỏ hỏng"),))
        copy = export_own(contact_ids=[contact.id], by=hoa.by, at=AT, sections=[section])
        told = json.loads(copy.json)["sections"]
        assert told[0]["rows"] == [
            {"label": "Họ tên", "value": hoa.name},
            {"label": "Điện thoại", "value": hoa.phone},
            {"label": "Thư điện tử", "value": hoa.email},
            {"label": "Địa chỉ", "value": hoa.address},
            {"label": "Số định danh", "value": CARD},
            {"label": "Dùng để", "value": "trả lời ý kiến"},
            {"label": "Giữ từ", "value": "12/03/2026"},
            {"label": "Xóa vào", "value": "08/09/2026"},
        ]
        assert told[1]["rows"] == [
            {"label": "12/03/2026 09:00", "value": "Cán bộ tiếp nhận, giải quyết: Gọi báo kết quả"}
        ]
        assert told[2] == {"title": "Ý kiến", "rows": [{"label": "Nội dung", "value": "Cầu Đỏ hỏng"}]}
        assert all(text in copy.html for text in (hoa.name, hoa.phone, "Cầu Đỏ hỏng", "Gọi báo kết quả"))
        assert hoa.name not in repr(copy)
        assert [(r.kind, r.outcome) for r in data_requests_of(contact.id)] == [("export", "done")]

    def test_an_erasure_asked_for_is_done_and_recorded(self, nam, hoa, a_contact, opened):
        contact = a_contact()
        done = erase_on_request(contact_id=contact.id, reason="Tôi không cần trả lời nữa", by=hoa.by, at=AT)
        contact.refresh_from_db()
        assert (done.outcome, contact.phone, contact.phone_key, contact.erased_at) == ("done", None, "", AT)
        with pytest.raises(Refused):
            erase_on_request(contact_id=contact.id, reason="Lần nữa", by=hoa.by, at=AT)
        told = json.loads(export_own(contact_ids=[contact.id], by=hoa.by, at=AT).json)["sections"]
        assert told[0]["rows"][0] == {"label": "Đã xóa", "value": "12/03/2026"}

    def test_what_the_law_keeps_is_not_erased_and_the_record_says_why(self, hoa, a_contact):
        contact = a_contact()
        done = erase_on_request(
            contact_id=contact.id, reason="Xóa giúp tôi", by=hoa.by, at=AT, must_keep="khiếu nại đang giải quyết"
        )
        assert (done.outcome, done.reason) == ("refused", "Xóa giúp tôi. Chưa xóa được: khiếu nại đang giải quyết")
        assert Contact.objects.get(pk=contact.pk).phone is not None

    def test_without_a_reason_nothing_is_erased(self, hoa, a_contact):
        contact = a_contact()
        with pytest.raises(Invalid):
            erase_on_request(contact_id=contact.id, reason=" ", by=hoa.by, at=AT)
        assert not DataRequest.objects.exists()

    def test_an_officer_does_it_for_a_person_of_the_own_unit_only(self, world, nam, thu, kim, vu, a_contact):
        contact, unit = a_contact(), world.ubnd_binh_an.id
        for officer in (thu, kim, vu):
            with pytest.raises((Absent, Forbidden)):
                export_own(contact_ids=[contact.id], by=officer.by, at=AT, unit_id=unit)
            with pytest.raises((Absent, Forbidden)):
                erase_on_request(contact_id=contact.id, reason="Xóa", by=officer.by, at=AT, unit_id=unit)
        with pytest.raises(Forbidden):
            export_own(contact_ids=[contact.id], by=nam.by, at=AT)
        assert export_own(contact_ids=[contact.id], by=nam.by, at=AT, unit_id=unit).html
