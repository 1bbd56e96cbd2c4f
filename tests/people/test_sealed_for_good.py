"""After the sealing nothing anywhere tells who denounced: no row, no file, no log, no error, no pickle."""

import base64
import logging
import pickle
from pathlib import Path

import pytest
from django.conf import settings as live
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.views.debug import ExceptionReporter

from danvan.base.encryption import CannotOpen, Keyring
from danvan.people import envelope
from danvan.people.actions import consent, seal_identity, sealing
from danvan.people.kinds import Side
from danvan.people.models import CustodyEvent, IdentityShare, SealedFile, SealedIdentity
from tests.people.conftest import DENOUNCER, LETTER, PHRASES
from tests.world import AT, MAU

SECRETS = (
    DENOUNCER.name, "Khánh", DENOUNCER.phone, DENOUNCER.email, DENOUNCER.id_number, DENOUNCER.address, "Rạch Gòi",
    "net chu nghieng", *PHRASES.values(),
)  # fmt: skip


def leaks(shown: bytes | str) -> list[str]:
    """Which secrets stand there: plain, escaped, in base 64 or hexadecimal, on any of the three offsets."""
    whole = shown if isinstance(shown, bytes) else shown.encode()
    return [secret for secret in SECRETS if any(form in whole for form in _forms(secret.encode()))]


def _forms(secret: bytes) -> list[bytes]:
    text = secret.decode()
    shifted = [base64.b64encode(b"\0" * n + secret)[4 if n else 0 : -4] for n in range(3)]
    return [secret, text.encode("unicode_escape"), text.encode("utf-16-le"), secret.hex().encode(), *shifted]


def _rows(cursor, table):
    cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- a name the database told us itself
    return cursor.fetchall()


@pytest.fixture
def everything(db):
    """Every value of every table, and every file with its name."""

    def read() -> bytes:
        with connection.cursor() as cursor:
            rows = [
                value
                for table in connection.introspection.table_names()
                for row in _rows(cursor, table)
                for value in row
            ]
        texts = [bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in rows]
        files = [part for path in Path(live.FILES_ROOT).rglob("*") if path.is_file()
                 for part in (path.name.encode(), path.read_bytes())]  # fmt: skip
        return b"\n".join(texts + files)

    return read


def test_no_row_and_no_file_tells_who_it_was(custody, binh, yen, an_identity, asked, agree, everything):
    opening = asked(an_identity())
    agree(opening, binh, Side.FIRST)
    halfway = everything()
    agree(opening, yen, Side.SECOND)
    assert b"sealed_at" not in halfway
    assert len(halfway) > 65_536
    assert leaks(halfway) == []
    assert leaks(everything()) == []


def test_the_search_would_find_a_secret(custody, an_identity, everything):
    identity = an_identity()
    SealedIdentity.objects.filter(pk=identity.pk).update(body=DENOUNCER.phone.encode())
    assert leaks(everything()) == [DENOUNCER.phone]


def test_the_log_at_its_most_talkative_is_silent(custody, binh, yen, an_identity, asked, agree, caplog):
    with (
        caplog.at_level(logging.DEBUG),
        caplog.at_level(logging.DEBUG, "django.db.backends"),
        CaptureQueriesContext(connection) as queries,
    ):
        opening = asked(an_identity())
        agree(opening, binh, Side.FIRST)
        agree(opening, yen, Side.SECOND)
    assert caplog.records
    assert leaks(caplog.text) == []
    assert leaks("".join(query["sql"] for query in queries)) == []


def _report(error: BaseException) -> str:
    """What would be mailed to whoever runs the server."""
    request = RequestFactory().post("/", {"passphrase": "x"})
    reporter = ExceptionReporter(request, type(error), error, error.__traceback__)
    return reporter.get_traceback_html() + reporter.get_traceback_text()


def test_a_failure_in_the_midst_of_sealing_tells_nothing(custody, an_identity, monkeypatch):
    for step in ("seal_body", "seal_file", "seal_share"):
        with monkeypatch.context() as patch:
            patch.setattr(sealing, step, None)
            with pytest.raises(TypeError) as failure:
                an_identity()
        assert leaks(_report(_without_the_test(failure.value))) == []
    assert not SealedIdentity.objects.exists()


def test_a_failure_in_the_midst_of_opening_tells_nothing(custody, binh, yen, an_identity, asked, agree, monkeypatch):
    opening = asked(an_identity())
    agree(opening, binh, Side.FIRST)
    monkeypatch.setattr(envelope.json, "loads", None)
    with pytest.raises(TypeError) as failure:
        agree(opening, yen, Side.SECOND)
    assert leaks(_report(_without_the_test(failure.value))) == []


def _without_the_test(error: BaseException) -> BaseException:
    """From the first line of the product on: the test itself knows what it sealed."""
    trace = error.__traceback__
    product = str(Path(sealing.__file__).parents[2])
    while trace is not None and not trace.tb_frame.f_code.co_filename.startswith(product) and trace.tb_next is not None:
        trace = trace.tb_next
    return error.with_traceback(trace)


def test_the_plain_identity_prints_nothing_and_is_never_stored():
    assert leaks(f"{DENOUNCER} {DENOUNCER!r} {[DENOUNCER]}") == []
    with pytest.raises(TypeError):
        pickle.dumps(DENOUNCER)


def test_rows_pickle_without_it(custody, an_identity):
    an_identity()
    kept = pickle.dumps([list(SealedIdentity.objects.all()), list(IdentityShare.objects.all())])
    assert leaks(kept) == []


def test_the_size_in_the_store_does_not_tell_the_letter(custody, an_identity):
    an_identity(files=(LETTER, LETTER * 2))
    digests = set(SealedFile.objects.values_list("digest", flat=True))
    sizes = {path.stat().st_size for path in Path(live.FILES_ROOT).rglob("*") if path.name in digests}
    assert len(digests) == 2
    assert {size - 29 for size in sizes} == {65_536}


def test_equal_identities_look_different(custody, an_identity):
    one, other = an_identity(), an_identity()
    assert bytes(one.body) != bytes(other.body)


class TestWhoHoldsEverythingButOneKey:
    """The whole database, the store, the keys of the server and one custodian's passphrase."""

    @pytest.fixture
    def identity(self, custody, an_identity):
        return an_identity()

    def test_the_keys_of_the_server_open_nothing(self, identity):
        ring = Keyring.read(live.VAULT_KEYS)
        shares = [bytes(share.sealed) for share in identity.shares.all()]
        for sealed in (bytes(identity.body), *shares):
            for context in (sealing.body_context(identity), "people.sealedidentity.body"):
                with pytest.raises(CannotOpen):
                    ring.open(sealed, context)

    @pytest.mark.parametrize("side", Side)
    def test_one_passphrase_yields_one_part_and_the_part_alone_opens_nothing(self, identity, custody, side):
        keeper = custody[0] if side is Side.FIRST else custody[1]
        private = envelope.open_private(
            bytes(keeper.private_key), PHRASES[side], f"people.custodian:{keeper.pk}:{keeper.account_id}"
        )
        own = identity.shares.get(custodian=keeper)
        part = envelope.open_share(bytes(own.sealed), private, sealing.share_context(identity, keeper))
        with pytest.raises(CannotOpen):
            envelope.open_body(part, bytes(identity.body), (), sealing.body_context(identity))
        other = identity.shares.exclude(custodian=keeper).get()
        for context in (sealing.share_context(identity, other.custodian), sealing.share_context(identity, keeper)):
            with pytest.raises(CannotOpen):
                envelope.open_share(bytes(other.sealed), private, context)

    def test_a_part_is_pure_chance_whatever_the_key(self):
        parts = [envelope.new_parts() for _ in range(200)]
        assert all(envelope.joined(one.first, one.second) == one.key for one in parts)
        for halves in ([one.first for one in parts], [one.second for one in parts]):
            ones = sum(byte.bit_count() for half in halves for byte in half)
            assert abs(ones / (200 * 256) - 0.5) < 0.02
            assert len(set(halves)) == 200

    def test_both_parts_do_open_it(self, identity, custody):
        """So that the tests above fail for the right reason."""
        parts = []
        for keeper in custody:
            private = envelope.open_private(
                bytes(keeper.private_key),
                PHRASES[Side(keeper.side)],
                f"people.custodian:{keeper.pk}:{keeper.account_id}",
            )
            own = identity.shares.get(custodian=keeper)
            parts.append(envelope.open_share(bytes(own.sealed), private, sealing.share_context(identity, keeper)))
        plain = envelope.open_body(envelope.joined(*parts), bytes(identity.body), (), sealing.body_context(identity))
        assert plain == DENOUNCER

    def test_a_share_or_a_body_moved_to_another_identity_does_not_open(
        self, identity, custody, an_identity, asked, agree, binh
    ):
        other = an_identity()
        share = identity.shares.get(custodian=custody[0])
        other.shares.filter(custodian=custody[0]).update(sealed=share.sealed)
        with pytest.raises(Exception, match="phần khóa không khớp"):
            agree(asked(other), binh, Side.FIRST)


def test_an_opening_is_undone_with_nothing_handed_out_where_its_line_cannot_be_written(
    custody, binh, yen, an_identity, asked, agree, monkeypatch
):
    opening = asked(an_identity())
    agree(opening, binh, Side.FIRST)
    monkeypatch.setattr(CustodyEvent, "save", lambda *_args, **_more: (_ for _ in ()).throw(RuntimeError))
    with pytest.raises(RuntimeError):
        consent(opening_id=opening.pk, passphrase=PHRASES[Side.SECOND], by=yen.by, at=AT)
    opening.refresh_from_db()
    assert opening.opened_at is None


def test_a_file_that_cannot_be_kept_leaves_no_identity(custody, world, monkeypatch):
    def full(_data):
        raise OSError

    monkeypatch.setattr(sealing, "put", full)
    with pytest.raises(OSError):  # noqa: PT011 -- the disk says no more
        seal_identity(home_area=MAU, unit_id=world.ubnd_binh_an.id, plain=DENOUNCER, files=(LETTER,), at=AT)
    assert not SealedIdentity.objects.exists()
