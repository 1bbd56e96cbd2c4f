"""Who denounced is opened by two persons of two sides, each with a key of their own, and by nobody else."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from danvan.base.errors import Absent, Forbidden, Invalid, Refused, TooMany
from danvan.people.access import (
    may_appoint,
    may_ask,
    may_consent,
    may_refuse,
    may_release,
    require_appointing,
    require_asking,
    require_consent,
    require_deciding,
)
from danvan.people.actions import ask_opening, refuse, release_file, seal_identity
from danvan.people.kinds import OpeningState, PlainIdentity, Side
from danvan.people.models import Custodian, CustodyEvent, IdentityOpening, OpeningShare, SealedIdentity
from danvan.people.queries import letters_of, openings_shown
from danvan.people.queries.openings import asking_page, askings, waiting_for
from danvan.units.access import CITIZEN, NOBODY, system
from tests.people.conftest import DENOUNCER, LETTER, PHRASES, PURPOSE
from tests.world import AT, MAU, TODAY


@pytest.mark.django_db
class TestSealing:
    def test_without_two_sides_nothing_is_taken_in(self, appointed, binh, an_identity):
        appointed(binh, Side.FIRST)
        with pytest.raises(Refused) as refusal:
            an_identity()
        assert refusal.value.code == "no-custody"
        assert not SealedIdentity.objects.exists()

    def test_a_side_whose_custodian_set_no_passphrase_is_no_side(self, world, appointed, tu, binh, yen, an_identity):
        from danvan.people.actions import appoint_custodian

        appointed(binh, Side.FIRST)
        appoint_custodian(
            unit_id=world.ubnd_binh_an.id, account_id=yen.account.pk, side=Side.SECOND, by=tu.by, at=AT
        )  # fmt: skip
        with pytest.raises(Refused):
            an_identity()

    def test_the_nearest_unit_above_with_both_sides_keeps_the_keys(
        self, world, appointed, sau, lan, kim, binh, an_identity
    ):
        appointed(binh, Side.FIRST)
        appointed(lan, Side.FIRST, by=sau)
        appointed(kim, Side.SECOND, by=sau)
        assert an_identity().custody_id == world.ubnd_tinh.id

    def test_a_custodian_who_left_every_post_of_the_unit_gets_no_share(self, custody, yen, an_identity):
        yen.holding.valid_from, yen.holding.valid_to = TODAY - timedelta(days=9), TODAY
        yen.holding.save()
        with pytest.raises(Refused):
            an_identity()

    @pytest.mark.parametrize(
        ("field", "value"),
        [("phone", "09121"), ("email", "khong phai thu"), ("id_number", "98765x"), ("name", "a" * 121)],
    )
    def test_what_cannot_be_is_refused_at_its_field_without_being_repeated(self, world, custody, field, value):
        with pytest.raises(Invalid) as refusal:
            seal_identity(
                home_area=MAU, unit_id=world.ubnd_binh_an.id, plain=PlainIdentity(**{field: value}), files=(), at=AT
            )  # fmt: skip
        assert refusal.value.field == field
        assert value not in refusal.value.sentence

    @pytest.mark.parametrize("files", [(b"",), (b"x",) * 11])
    def test_empty_and_too_many_files_are_refused(self, custody, an_identity, files):
        with pytest.raises(Invalid) as refusal:
            an_identity(files=files)
        assert refusal.value.field == "files"

    def test_an_identity_that_says_nothing_is_refused(self, world, custody):
        with pytest.raises(Invalid):
            seal_identity(home_area=MAU, unit_id=world.ubnd_binh_an.id, plain=PlainIdentity(), files=(), at=AT)


@pytest.mark.django_db
class TestOpening:
    def test_two_custodians_of_two_sides_open_it_whichever_side_begins(
        self, custody, binh, yen, an_identity, asked, agree
    ):
        for one, other in ((Side.FIRST, Side.SECOND), (Side.SECOND, Side.FIRST)):
            officers = {Side.FIRST: binh, Side.SECOND: yen}
            opening = asked(an_identity())
            assert agree(opening, officers[one], one) is None
            plain = agree(opening, officers[other], other)
            assert plain == PlainIdentity(**{**vars(DENOUNCER), "files": (LETTER,)})
            opening.refresh_from_db()
            assert opening.state(AT) is OpeningState.OPENED
            assert not OpeningShare.objects.exists()

    def test_one_custodian_alone_does_not_open_it_by_consenting_twice(self, custody, binh, an_identity, asked, agree):
        opening = asked(an_identity())
        agree(opening, binh, Side.FIRST)
        with pytest.raises(Refused) as refusal:
            agree(opening, binh, Side.FIRST)
        assert refusal.value.code == "consented-already"

    def test_two_persons_of_one_side_do_not_open_it(self, custody, appointed, binh, mai, an_identity, asked, agree):
        appointed(mai, Side.FIRST)
        opening = asked(an_identity())
        agree(opening, binh, Side.FIRST)
        with pytest.raises(Refused) as refusal:
            agree(opening, mai, Side.FIRST)
        assert refusal.value.code == "consented-already"
        assert "Cần một người khác của bên thứ hai." in refusal.value.sentence

    def test_the_database_itself_refuses_one_person_on_both_consents(self, custody, an_identity, asked, agree, binh):
        opening = asked(an_identity())
        agree(opening, binh, Side.FIRST)
        with pytest.raises(IntegrityError), transaction.atomic():
            IdentityOpening.objects.filter(pk=opening.pk).update(opened_account=binh.account.pk, opened_at=AT)

    def test_an_opening_is_good_for_one_look(self, custody, binh, yen, an_identity, asked, agree):
        opening = asked(an_identity())
        agree(opening, binh, Side.FIRST)
        agree(opening, yen, Side.SECOND)
        with pytest.raises(Refused) as refusal:
            agree(opening, yen, Side.SECOND)
        assert refusal.value.code == "opening-decided"

    def test_a_consent_lapses_after_a_day_and_takes_its_part_along(self, custody, binh, yen, an_identity, asked, agree):
        from danvan.people.actions import clear_lapsed

        opening, late = asked(an_identity()), AT + timedelta(hours=24)
        agree(opening, binh, Side.FIRST)
        with pytest.raises(Refused):
            agree(opening, yen, Side.SECOND, at=late)
        assert (clear_lapsed(at=late - timedelta(seconds=1)), clear_lapsed(at=late)) == (0, 1)

    def test_an_asking_nobody_answers_lapses_after_seven_days(self, custody, binh, an_identity, asked, agree):
        identity = an_identity()
        opening = asked(identity)
        with pytest.raises(Refused):
            agree(opening, binh, Side.FIRST, at=AT + timedelta(days=7))
        asked(identity, at=AT + timedelta(days=7))

    def test_a_second_asking_waits_for_the_first(self, custody, an_identity, asked):
        identity = an_identity()
        asked(identity)
        with pytest.raises(Refused) as refusal:
            asked(identity)
        assert refusal.value.code == "asked-already"

    def test_either_side_may_refuse_also_after_consenting(self, custody, binh, yen, an_identity, asked, agree):
        opening = asked(an_identity())
        agree(opening, binh, Side.FIRST)
        with pytest.raises(Invalid):
            refuse(opening_id=opening.pk, reason=" ", by=binh.by, at=AT)
        refuse(opening_id=opening.pk, reason="Chưa cần biết ở bước này", by=binh.by, at=AT)
        with pytest.raises(Refused):
            agree(opening, yen, Side.SECOND)
        assert not OpeningShare.objects.exists()

    @pytest.mark.parametrize("purpose", ["", "  ", "m" * 201])
    def test_nobody_asks_without_a_purpose(self, custody, nam, an_identity, purpose):
        identity = an_identity()
        with pytest.raises(Invalid) as refusal:
            ask_opening(identity_id=identity.pk, purpose=purpose, by=nam.by, unit_id=nam.unit.id, at=AT)
        assert refusal.value.field == "purpose"
        with pytest.raises(IntegrityError), transaction.atomic():
            IdentityOpening.objects.create(
                home_area=MAU, identity=identity, purpose="", unit_ref=nam.unit.id, asked_account=1, asked_label="x",
                asked_at=AT, lapses_at=AT,
            )  # fmt: skip

    def test_a_changed_body_is_not_guessed_at(self, custody, binh, yen, an_identity, asked, agree):
        identity = an_identity()
        SealedIdentity.objects.filter(pk=identity.pk).update(body=bytes(identity.body)[:-1] + b"\0")
        opening = asked(identity)
        agree(opening, binh, Side.FIRST)
        with pytest.raises(Refused) as refusal:
            agree(opening, yen, Side.SECOND)
        assert refusal.value.code == "identity-does-not-open"
        opening.refresh_from_db()
        assert opening.opened_at is None


@pytest.mark.django_db
class TestPassphrases:
    def test_wrong_ones_are_counted_logged_and_limited(self, custody, binh, an_identity, asked, agree):
        opening = asked(an_identity())
        left = []
        for _ in range(5):
            with pytest.raises(Invalid) as refusal:
                agree(opening, binh, "không phải cụm này")
            left.append(refusal.value.sentence)
        assert left[0] == "Cụm mật khẩu không đúng. Còn 4 lần thử."
        assert left[-1] == "Cụm mật khẩu không đúng. Còn 0 lần thử."
        with pytest.raises(TooMany):
            agree(opening, binh, Side.FIRST)
        assert CustodyEvent.objects.filter(verb="wrong", opening_ref=opening.pk).count() == 5
        assert agree(opening, binh, Side.FIRST, at=AT + timedelta(minutes=15)) is None

    def test_a_public_key_that_somebody_slipped_in_shows_at_the_next_use(
        self, custody, binh, an_identity, asked, agree
    ):
        opening = asked(an_identity())
        Custodian.objects.filter(pk=custody[0].pk).update(public_key=custody[1].public_key)
        with pytest.raises(Refused) as refusal:
            agree(opening, binh, Side.FIRST)
        assert refusal.value.code == "key-replaced"

    def test_a_passphrase_may_be_composed_otherwise_by_another_keyboard(self, custody, binh, an_identity, asked, agree):
        import unicodedata

        typed = unicodedata.normalize("NFD", PHRASES[Side.FIRST]).replace(" ", "  ")
        assert agree(asked(an_identity()), binh, typed) is None


@pytest.mark.django_db
class TestWhoMay:
    def test_asking_is_for_those_who_reach_the_people_of_the_case(self, request, world, nam, tu):
        others = [request.getfixturevalue(name).by for name in ("mai", "thu", "lan", "sau", "kim", "vu", "ben")]
        everybody = [nam.by, tu.by, *others, CITIZEN, NOBODY, system("đêm")]
        unit = world.ubnd_binh_an.id
        assert [by for by in everybody if may_ask(by, unit, TODAY)] == [nam.by, tu.by]
        assert [by for by in everybody if _passes(require_asking, by, unit, TODAY)] == [nam.by, tu.by]

    def test_appointing_is_for_the_leader_of_the_unit_itself(self, request, world, tu):
        others = [request.getfixturevalue(name).by for name in ("nam", "mai", "thu", "lan", "sau", "kim", "vu", "ben")]
        everybody = [tu.by, *others, CITIZEN, NOBODY, system("đêm")]
        unit = world.ubnd_binh_an.id
        assert [by for by in everybody if may_appoint(by, unit, TODAY)] == [tu.by]
        assert [by for by in everybody if _passes(require_appointing, by, unit, TODAY)] == [tu.by]

    def test_consenting_is_for_custodians_and_after_one_only_for_the_other_side(
        self, request, custody, tu, nam, binh, yen, an_identity, asked, agree
    ):
        others = [request.getfixturevalue(name).by for name in ("thu", "lan", "sau", "kim", "vu", "ben")]
        everybody = [binh.by, yen.by, tu.by, nam.by, *others, CITIZEN, NOBODY, system("đêm")]
        opening = asked(an_identity())
        steps = [([binh.by, yen.by], [binh.by, yen.by]), ([yen.by], [binh.by, yen.by]), ([], [])]
        for consenting, refusing in steps:
            opening.refresh_from_db()
            assert [by for by in everybody if may_consent(by, opening, AT)] == consenting
            assert [by for by in everybody if _passes(require_consent, by, opening, AT)] == consenting
            assert [by for by in everybody if may_refuse(by, opening, AT)] == refusing
            assert [by for by in everybody if _passes(require_deciding, by, opening, AT)] == refusing
            if consenting:
                officer = binh if binh.by in consenting else yen
                agree(opening, officer, Side.FIRST if officer is binh else Side.SECOND)

    def test_a_stranger_is_told_that_there_is_nothing(self, custody, thu, an_identity, asked, agree):
        opening = asked(an_identity())
        for attempt in (
            lambda: agree(opening, thu, Side.FIRST),
            lambda: refuse(opening_id=opening.pk, reason="Không", by=thu.by, at=AT),
            lambda: asking_page(opening.pk, by=thu.by, at=AT),
        ):
            with pytest.raises(Absent):
                attempt()
        assert askings(thu.by, AT) == []


def _passes(require, by, *rest):
    try:
        require(by, *rest)
    except (Absent, Forbidden, Refused):
        return False
    return True


@pytest.mark.django_db
class TestTheLog:
    def test_every_asking_consent_and_opening_is_a_line(self, custody, nam, binh, yen, an_identity, asked, agree):
        identity = an_identity()
        opening = asked(identity)
        agree(opening, binh, Side.FIRST)
        agree(opening, yen, Side.SECOND)
        lines = CustodyEvent.objects.filter(identity_ref=identity.pk).order_by("at", "id")
        assert [(line.verb, line.label, line.note) for line in lines] == [
            ("asked", "Trần Văn Nam, Cán bộ tiếp nhận, giải quyết", PURPOSE),
            ("consented", "Phan Quốc Bình, Công chức tư pháp", ""),
            ("consented", "Lâm Hải Yến, Công chức văn phòng", ""),
            ("opened", "Lâm Hải Yến, Công chức văn phòng", ""),
        ]

    def test_a_line_is_kept_as_it_was_written(self, custody):
        line = CustodyEvent.objects.first()
        for change in (line.save, line.delete, CustodyEvent.objects.all().delete):
            with pytest.raises(TypeError):
                change()
        with pytest.raises(TypeError):
            CustodyEvent.objects.update(note="khác")

    def test_the_denouncer_sees_times_and_nothing_else(self, custody, binh, yen, an_identity, asked, agree):
        identity = an_identity()
        opening = asked(identity)
        agree(opening, binh, Side.FIRST)
        agree(opening, yen, Side.SECOND)
        shown = openings_shown(identity.pk)
        assert [vars(one) for one in shown] == [{"asked_at": AT, "opened_at": AT, "refused_at": None}]

    def test_who_asked_and_who_is_asked_find_it_in_their_list(self, custody, nam, binh, yen, an_identity, asked, agree):
        opening = asked(an_identity())
        assert [waiting_for(one.by, AT) for one in (nam, binh, yen)] == [0, 1, 1]
        agree(opening, binh, Side.FIRST)
        assert [waiting_for(one.by, AT) for one in (nam, binh, yen)] == [0, 0, 1]
        assert [[row.opening.pk for row in askings(one.by, AT)] for one in (nam, binh, yen)] == [[opening.pk]] * 3


@pytest.mark.django_db
class TestReleasing:
    @pytest.fixture
    def picture(self):
        import io

        from PIL import Image

        file = io.BytesIO()
        Image.new("RGB", (40, 30), "white").save(file, "PNG")
        return file.getvalue()

    def test_who_opened_it_gives_out_a_copy_made_anew(
        self, custody, nam, binh, yen, an_identity, asked, agree, picture
    ):
        identity = an_identity()
        opening = asked(identity)
        agree(opening, binh, Side.FIRST)
        agree(opening, yen, Side.SECOND)
        assert [one for one in (nam, binh, yen) if may_release(one.by, identity.pk, AT)] == [yen]
        assert letters_of(identity.pk) == 1
        photo = release_file(identity_id=identity.pk, number=1, stripped=picture, by=yen.by, at=AT)
        assert (photo.media_type, photo.width, photo.height) == ("image/png", 40, 30)
        for officer, number, at in ((binh, 1, AT), (yen, 2, AT), (yen, 1, AT + timedelta(days=7))):
            with pytest.raises(Absent):
                release_file(identity_id=identity.pk, number=number, stripped=picture, by=officer.by, at=at)
