from tests.matters.told import at
from tests.reports.statutory.happening import Happening


def test_the_api_tells_what_the_command_tells(world, happening: Happening, sign_in, nam, frozen):
    happening.denunciations()
    frozen.move_to(at(40))
    found = sign_in(nam).get(f"/api/v1/forms/03-xld?unit={world.ubnd_binh_an.pk}&period=2026-04").json()
    assert (found["form"], found["version"], found["values"]["cases.total"], found["values"]["replies"]) == (
        "03/XLD", "2024", 8, None
    )  # fmt: skip
    assert [each["holds"] for each in found["identities"]] == [True] * 6


def test_another_unit_is_absent_and_nobody_is_asked_to_sign_in(world, sign_in, thu, client):
    path = f"/api/v1/forms/01-xld?unit={world.ubnd_binh_an.pk}&period=2026-04"
    assert (sign_in(thu).get(path).status_code, client.get(path).status_code) == (404, 401)


def test_a_form_that_is_not_there_and_a_period_that_cannot_be_read_are_refused_at_their_field(world, sign_in, nam):
    client, unit = sign_in(nam), world.ubnd_binh_an.pk
    told = [
        client.get(f"/api/v1/forms/{slug}?unit={unit}&period={period}").json()
        for slug, period in (("09-xld", "2026-04"), ("01-xld", "thang-tu"), ("02-tcd", "2026-04"))
    ]
    assert [(each["code"], each["field"]) for each in told] == [
        ("no-form", "form"), ("no-period", "ky"), ("form-not-then", "period")
    ]  # fmt: skip


def test_everybody_may_read_what_every_column_counts(client, db):
    found = client.get("/api/v1/forms").json()
    assert len(found) == 19
    assert all(column["counted"] for form in found for column in form["columns"])
