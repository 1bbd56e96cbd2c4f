"""Custodians come, share, leave and forget; what is lost by it is known before and counted after."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from danvan.base.errors import Absent, Forbidden, Invalid, Refused
from danvan.people.access import may_end, may_see_custody, require_custody
from danvan.people.actions import (
    appoint_custodian,
    ask_opening,
    change_passphrase,
    end_custody,
    hand_over_custody,
    set_passphrase,
    share_with,
)
from danvan.people.kinds import Side
from danvan.people.models import Custodian, CustodyEvent, IdentityShare
from danvan.people.queries import custody_ready
from danvan.people.queries.custody import alone_with, lost_identities
from danvan.people.queries.keepers import custodies_of, custody_page, custody_status, successors
from danvan.units.access import CITIZEN, NOBODY
from tests.people.conftest import PHRASES, PURPOSE
from tests.world import AT, MAU, TODAY


def _passes(require, *asked):
    try:
        require(*asked)
    except Refused:
        return False
    return True


def appoint(officer, side, by):
    return appoint_custodian(unit_id=officer.unit.id, account_id=officer.account.pk, side=side, by=by.by, at=AT)


@pytest.mark.django_db
class TestAppointing:
    def test_nobody_stands_on_both_sides_of_a_unit(self, tu, binh):
        appoint(binh, Side.FIRST, tu)
        with pytest.raises(Invalid) as refusal:
            appoint(binh, Side.SECOND, tu)
        assert refusal.value.field == "account"

    def test_the_database_itself_refuses_one_person_on_both_sides(self, tu, binh):
        first = appoint(binh, Side.FIRST, tu)
        with pytest.raises(IntegrityError), transaction.atomic():
            Custodian.objects.create(
                unit=first.unit, account=binh.account, title="x", side=Side.SECOND, appointed_by="x", appointed_at=AT
            )

    def test_the_database_itself_refuses_one_person_two_shares(self, custody, appointed, mai, an_identity, binh):
        identity = an_identity()
        key = appointed(mai, Side.SECOND)
        with pytest.raises(IntegrityError), transaction.atomic():
            IdentityShare.objects.create(
                home_area=MAU, identity=identity, custodian=key, account_ref=binh.account.pk, side="second", sealed=b"x"
            )

    def test_a_stranger_to_the_unit_keeps_no_key_of_it(self, tu, thu):
        with pytest.raises(Invalid):
            appoint_custodian(unit_id=tu.unit.id, account_id=thu.account.pk, side=Side.FIRST, by=tu.by, at=AT)

    def test_only_the_leader_of_the_unit_appoints(self, nam, sau, binh):
        with pytest.raises(Forbidden):
            appoint(binh, Side.FIRST, nam)
        with pytest.raises(Absent):
            appoint(binh, Side.FIRST, sau)

    def test_nobody_sets_the_passphrase_of_another(self, tu, nam, binh):
        made = appoint(binh, Side.FIRST, tu)
        for other in (tu, nam):
            with pytest.raises(Absent):
                set_passphrase(custodian_id=made.pk, passphrase=PHRASES[Side.FIRST], by=other.by, at=AT)

    def test_a_key_is_made_once(self, custody, binh):
        with pytest.raises(Refused) as refusal:
            set_passphrase(custodian_id=custody[0].pk, passphrase="một cụm khác hẳn nhé", by=binh.by, at=AT)
        assert refusal.value.code == "key-set"

    @pytest.mark.parametrize(
        "phrase",
        ["", "ngắn quá", "aaaaaaaaaaaaaaaa", "123456789012", "qwertyuiopqwerty", "abcabcabcabcabc", "mật khẩu mật khẩu",
         "phan quốc bình", "con-duong-lang-2026"],
    )  # fmt: skip
    def test_a_trivial_passphrase_is_refused_and_not_repeated(self, tu, binh, phrase):
        made = appoint(binh, Side.FIRST, tu)
        with pytest.raises(Invalid) as refusal:
            set_passphrase(custodian_id=made.pk, passphrase=phrase, by=binh.by, at=AT)
        assert refusal.value.field == "passphrase"
        assert not phrase or phrase not in refusal.value.sentence

    def test_a_changed_passphrase_opens_the_same_key(self, custody, binh, an_identity, asked, agree):
        opening, new = asked(an_identity()), "chín con chim sẻ đậu mái đình"
        change_passphrase(custodian_id=custody[0].pk, passphrase=PHRASES[Side.FIRST], new=new, by=binh.by, at=AT)
        with pytest.raises(Invalid):
            agree(opening, binh, Side.FIRST)
        assert agree(opening, binh, new) is None


@pytest.mark.django_db
class TestLeaving:
    @pytest.fixture
    def newcomer(self, appointed, mai):
        return appointed(mai, Side.FIRST)

    def test_a_newcomer_opens_older_identities_once_the_side_has_shared(
        self, custody, newcomer, binh, mai, yen, an_identity, asked, agree
    ):
        opening = asked(an_identity())
        assert share_with(
            custodian_id=custody[0].pk, to_id=newcomer.pk, passphrase=PHRASES[Side.FIRST], by=binh.by, at=AT
        ) == 0  # fmt: skip
        assert agree(opening, mai, Side.FIRST) is None
        assert agree(opening, yen, Side.SECOND)

    def test_what_was_sealed_before_somebody_came_is_shared_by_a_colleague(
        self, custody, an_identity, appointed, binh, mai, yen, asked, agree
    ):
        opening = asked(an_identity())
        newcomer = appointed(mai, Side.FIRST)
        with pytest.raises(Absent):
            agree(opening, mai, Side.FIRST)
        shared = {"to_id": newcomer.pk, "passphrase": PHRASES[Side.FIRST], "by": binh.by, "at": AT}
        assert [share_with(custodian_id=custody[0].pk, **shared) for _ in range(2)] == [1, 0]
        agree(opening, mai, Side.FIRST)
        assert agree(opening, yen, Side.SECOND)

    def test_who_hands_over_keeps_nothing_and_nothing_is_lost(
        self, custody, an_identity, appointed, binh, mai, yen, asked, agree
    ):
        identity = an_identity()
        to = appointed(mai, Side.FIRST)
        given = hand_over_custody(
            custodian_id=custody[0].pk, to_id=to.pk, passphrase=PHRASES[Side.FIRST], by=binh.by, at=AT
        )  # fmt: skip
        assert given == 1
        opening = asked(identity)
        with pytest.raises(Absent):
            agree(opening, binh, Side.FIRST)
        agree(opening, yen, Side.SECOND)
        assert agree(opening, mai, Side.FIRST)
        assert not IdentityShare.objects.filter(account_ref=binh.account.pk).exists()

    def test_nothing_is_handed_over_to_the_other_side(self, custody, an_identity, appointed, binh, mai):
        an_identity()
        other = appointed(mai, Side.SECOND)
        assert successors(custody[0], TODAY) == []
        for to in (custody[1], other):
            with pytest.raises(Invalid) as refusal:
                hand_over_custody(
                    custodian_id=custody[0].pk, to_id=to.pk, passphrase=PHRASES[Side.FIRST], by=binh.by, at=AT
                )  # fmt: skip
            assert refusal.value.field == "to"

    def test_who_once_held_the_other_side_of_an_identity_is_not_given_this_one(
        self, custody, an_identity, appointed, binh, tu, yen
    ):
        an_identity()
        end_custody(custodian_id=custody[1].pk, by=tu.by, at=AT, knowing=True)
        changed_sides = appointed(yen, Side.FIRST)
        with pytest.raises(Refused) as refusal:
            share_with(
                custodian_id=custody[0].pk, to_id=changed_sides.pk, passphrase=PHRASES[Side.FIRST], by=binh.by, at=AT
            )  # fmt: skip
        assert refusal.value.code == "both-sides"

    def test_leaving_without_handing_over_says_first_what_is_lost(self, custody, an_identity, tu, nam, binh):
        identity = an_identity()
        with pytest.raises(Refused) as refusal:
            end_custody(custodian_id=custody[0].pk, by=tu.by, at=AT)
        assert refusal.value.sentence.startswith("Còn 1 danh tính mà ở bên này chỉ người này giữ phần khóa")
        assert end_custody(custodian_id=custody[0].pk, by=tu.by, at=AT, knowing=True) == 1
        assert list(lost_identities([tu.unit.id])) == [identity]
        with pytest.raises(Refused) as refusal:
            ask_opening(identity_id=identity.pk, purpose=PURPOSE, by=nam.by, unit_id=nam.unit.id, at=AT)
        assert refusal.value.code == "identity-lost"

    def test_who_left_and_remembers_may_still_hand_over(self, custody, an_identity, appointed, tu, binh, mai):
        an_identity()
        end_custody(custodian_id=custody[0].pk, by=tu.by, at=AT, knowing=True)
        to = appointed(mai, Side.FIRST)
        assert hand_over_custody(
            custodian_id=custody[0].pk, to_id=to.pk, passphrase=PHRASES[Side.FIRST], by=binh.by, at=AT
        ) == 1  # fmt: skip
        assert not lost_identities([tu.unit.id]).exists()

    def test_with_two_on_each_side_one_lost_key_loses_nothing(self, custody, newcomer, an_identity, tu, binh):
        an_identity()
        assert not alone_with(custody[0]).exists()
        assert end_custody(custodian_id=custody[0].pk, by=tu.by, at=AT) == 0
        assert not lost_identities([tu.unit.id]).exists()
        assert not IdentityShare.objects.filter(custodian=custody[0]).exists()

    def test_a_lost_key_is_replaced_by_a_new_appointment_and_a_colleague_shares(
        self, custody, newcomer, an_identity, appointed, tu, binh, mai, yen, asked, agree
    ):
        opening = asked(an_identity())
        end_custody(custodian_id=custody[0].pk, by=tu.by, at=AT)
        again = appointed(binh, Side.FIRST, phrase="chín con chim sẻ đậu mái đình")
        share_with(custodian_id=newcomer.pk, to_id=again.pk, passphrase=PHRASES[Side.FIRST], by=mai.by, at=AT)
        agree(opening, yen, Side.SECOND)
        assert agree(opening, binh, "chín con chim sẻ đậu mái đình")

    def test_without_a_successor_nothing_new_is_sealed(self, custody, tu, world):
        assert custody_ready(world.ubnd_binh_an.id, TODAY)
        end_custody(custodian_id=custody[1].pk, by=tu.by, at=AT)
        assert not custody_ready(world.ubnd_binh_an.id, TODAY)

    def test_only_the_leader_or_the_custodian_ends_a_custody(self, custody, nam, yen, sau):
        for other in (nam, yen, sau):
            with pytest.raises(Absent):
                end_custody(custodian_id=custody[0].pk, by=other.by, at=AT)


@pytest.mark.django_db
class TestAUnitThatEnded:
    @pytest.fixture
    def ended(self, world, custody, an_identity, binh, yen, tu):
        """Xã Bình An went into phường Trung Tâm; its people sit there now."""
        from danvan.units.kinds import Event
        from danvan.units.models import Holding, Post, UnitSuccession
        from tests.world import Officer

        identity, taker = an_identity(), world.ubnd_trung_tam
        UnitSuccession.objects.create(before=world.ubnd_binh_an, after=taker, on=TODAY, event=Event.MERGE)
        moved = []
        for officer in (binh, yen, tu):
            officer.holding.valid_to = TODAY
            officer.holding.save()
            post = Post.objects.create(unit=taker, title="Công chức", role=officer.post.role, valid_from=TODAY)
            moved.append(
                Officer(officer.account, Holding.objects.create(account=officer.account, post=post, valid_from=TODAY))
            )
        return identity, moved

    def test_its_custodians_consent_from_where_the_duties_went(self, ended, asked, agree, nam):
        identity, (binh, yen, _tu) = ended
        opening = asked(identity)
        agree(opening, binh, Side.FIRST)
        assert agree(opening, yen, Side.SECOND)

    def test_they_hand_over_to_the_custodians_there(self, ended, appointed, custody, world):
        _identity, (binh, _yen, tu) = ended
        assert custodies_of(tu.by, TODAY) == [world.ubnd_trung_tam.id, world.ubnd_binh_an.id]
        from tests.world import an_officer

        new = an_officer(name="Người Mới", unit=world.ubnd_trung_tam)
        to = appointed(new, Side.FIRST, by=tu)
        assert hand_over_custody(
            custodian_id=custody[0].pk, to_id=to.pk, passphrase=PHRASES[Side.FIRST], by=binh.by, at=AT
        ) == 1  # fmt: skip


@pytest.mark.django_db
class TestThePage:
    def test_it_tells_how_much_hangs_on_each_key(self, custody, appointed, an_identity, mai, tu):
        an_identity()
        appointed(mai, Side.FIRST)
        an_identity()
        page = custody_page(tu.unit.id, by=tu.by, on=TODAY)
        told = [(one.custodian.account.username, one.holds, one.alone) for one in page.keepers]
        assert told == [("binh", 2, 1), ("mai", 1, 0), ("yen", 2, 2)]
        assert (page.kept, page.lost, page.missing) == (2, 0, [])

    def test_seeing_and_ending_are_asked_both_ways_alike(self, request, custody, tu, binh, yen):
        names = ("nam", "mai", "thu", "lan", "sau", "kim", "vu", "ben")
        everybody = [tu.by, binh.by, yen.by, *(request.getfixturevalue(name).by for name in names), CITIZEN, NOBODY]
        unit, key = tu.unit.id, custody[0]
        assert [by for by in everybody if may_see_custody(by, unit, TODAY)] == everybody[:3]
        assert [by for by in everybody if _passes(require_custody, by, unit, TODAY)] == everybody[:3]
        assert [by for by in everybody if may_end(by, key, TODAY)] == everybody[:2]

    def test_it_is_for_custodians_and_the_leader(self, request, custody, tu, binh, nam):
        others = [request.getfixturevalue(name) for name in ("nam", "thu", "lan", "sau", "kim", "vu", "ben")]
        for officer in (tu, binh):
            assert custody_page(tu.unit.id, by=officer.by, on=TODAY)
        for officer in others:
            with pytest.raises(Absent):
                custody_page(tu.unit.id, by=officer.by, on=TODAY)

    def test_one_and_three_custodians_cost_the_same(
        self, custody, appointed, an_identity, mai, nam, tu, django_assert_num_queries
    ):
        an_identity()
        with django_assert_num_queries(7):
            custody_page(tu.unit.id, by=tu.by, on=TODAY)
        appointed(mai, Side.FIRST)
        appointed(nam, Side.SECOND)
        an_identity()
        with django_assert_num_queries(7):
            custody_page(tu.unit.id, by=tu.by, on=TODAY)

    def test_the_operator_reads_numbers_only(self, custody, an_identity, tu):
        an_identity()
        an_identity()
        end_custody(custodian_id=custody[0].pk, by=tu.by, at=AT + timedelta(hours=1), knowing=True)
        (row,) = custody_status(TODAY)
        assert (row.unit, row.first, row.second, row.kept, row.lost) == ("Ủy ban nhân dân xã Bình An", 0, 1, 2, 2)

    def test_appointments_and_ends_are_lines_of_the_log(self, custody, tu):
        end_custody(custodian_id=custody[0].pk, by=tu.by, at=AT)
        lines = CustodyEvent.objects.filter(custody_ref=tu.unit.id).order_by("at", "id")
        assert [(line.verb, line.note) for line in lines] == [
            ("appointed", "Phan Quốc Bình, bên thứ nhất"),
            ("keyed", custody[0].fingerprint),
            ("appointed", "Lâm Hải Yến, bên thứ hai"),
            ("keyed", custody[1].fingerprint),
            ("ended", "Phan Quốc Bình"),
        ]
