from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import IntegrityError, connection, models
from django.test.utils import CaptureQueriesContext, isolate_apps

from danvan.base.area import AreaForeignKey, AreaModel
from danvan.base.ids import area_of, new_id
from danvan.base.models import IdempotencyKey
from danvan.commitments.models import Commitment, Step
from danvan.matters.models import Matter
from tests.world import AT, BAN, MAU

SAME_AREA = (
    'ON ("commitments_step"."commitment_id" = "commitments_commitment"."id" '
    'AND ("commitments_step"."home_area" = ("commitments_commitment"."home_area")))'
)
SAME_AREA_REVERSED = (
    'ON ("commitments_commitment"."id" = "commitments_step"."commitment_id" '
    'AND ("commitments_step"."home_area" = ("commitments_commitment"."home_area")))'
)


@pytest.fixture
def key(db: None) -> IdempotencyKey:
    return IdempotencyKey.objects.create(home_area=MAU, key="a", verb="receive", made=new_id(MAU), created_at=AT)


def statements(captured: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in captured.captured_queries]


# ------------------------------------------------------------------ the id and the area belong together


def test_a_new_row_gets_an_id_of_its_area():
    assert area_of(IdempotencyKey(home_area=MAU).pk) == MAU


def test_a_row_read_back_keeps_its_id(key):
    assert IdempotencyKey.objects.get(key="a").pk == key.pk


def test_a_row_that_came_with_an_id_keeps_it():
    made_elsewhere = new_id(BAN)
    assert IdempotencyKey(id=made_elsewhere, home_area=BAN).pk == made_elsewhere


# ------------------------------------------------------------------ the area is set once


def test_saving_again_names_the_area_to_find_the_row_and_never_to_change_it(key):
    with CaptureQueriesContext(connection) as captured:
        key.verb = "answer"
        key.save()
    (update,) = statements(captured)
    changes, _, condition = update.partition(" WHERE ")
    assert "home_area" not in changes
    assert f'"base_idempotencykey"."home_area" = {MAU}' in condition


def test_a_row_cannot_be_moved_by_saving_it(key):
    moved = IdempotencyKey.objects.get(pk=key.pk)
    moved.home_area = BAN
    with pytest.raises(IntegrityError):
        moved.save()


def test_rows_cannot_be_moved_by_an_update(key):
    with pytest.raises(ValueError, match="home_area"):
        IdempotencyKey.objects.update(home_area=BAN)


def test_a_row_never_leads_to_a_row_of_another_area(key):
    with pytest.raises(ValueError, match="leads from area"):
        Step(home_area=MAU, commitment_id=new_id(BAN)).save()
    with pytest.raises(ValueError, match="leads from area"):
        Step.objects.bulk_create([Step(home_area=MAU, commitment_id=new_id(BAN))])


# ------------------------------------------------------------------ every join and fetch names the area


def test_a_join_compares_the_areas():
    assert SAME_AREA in str(Step.objects.filter(commitment__code="x").query)


def test_a_joined_fetch_compares_the_areas():
    assert SAME_AREA in str(Step.objects.select_related("commitment").query)


def test_a_join_from_the_other_side_compares_the_areas():
    assert SAME_AREA_REVERSED in str(Commitment.objects.filter(steps__verb="open").query)


def test_a_join_over_two_tables_compares_the_areas_twice():
    assert str(Matter.objects.filter(current__steps__verb="open").query).count('."home_area" = (') == 2


def test_following_a_key_names_the_area(db):
    orphan = Step(home_area=MAU, commitment_id=new_id(MAU))
    with CaptureQueriesContext(connection) as captured, pytest.raises(Commitment.DoesNotExist):
        _ = orphan.commitment
    (select,) = statements(captured)
    assert f'"commitments_commitment"."home_area" = {MAU}' in select


def test_fetching_by_id_names_the_area_inside_the_id(key):
    with CaptureQueriesContext(connection) as captured:
        IdempotencyKey.objects.get(pk=key.pk)
    (select,) = statements(captured)
    assert f'"base_idempotencykey"."home_area" = {MAU}' in select


def test_a_row_is_found_only_in_the_area_its_id_carries(key):
    foreign = UUID(int=key.pk.int ^ (1 << 64))
    assert (area_of(foreign), IdempotencyKey.objects.filter(pk=foreign).exists()) == (MAU ^ 1, False)


# ------------------------------------------------------------------ the system check


def errors(model: type[models.Model]) -> list[tuple[str | None, str]]:
    return [(error.id, error.msg) for error in model.check() if error.id and error.id.startswith("danvan.")]


def area_row(**attributes: Any) -> type[AreaModel]:
    meta = type("Meta", (AreaModel.Meta,), {"app_label": "base", "abstract": False, **attributes.pop("meta", {})})
    return type("Row", (AreaModel,), {"__module__": __name__, "Meta": meta, **attributes})


@isolate_apps("danvan.base")
def test_a_unique_constraint_without_the_area_is_an_error():
    row = area_row(
        code=models.CharField(max_length=9),
        meta={"constraints": [models.UniqueConstraint(fields=["code"], name="code_once")]},
    )
    assert errors(row) == [("danvan.E001", "code_once does not contain home_area")]


@isolate_apps("danvan.base")
def test_a_unique_pair_without_the_area_is_an_error():
    row = area_row(code=models.CharField(max_length=9), meta={"unique_together": [("code", "id")]})
    assert errors(row) == [("danvan.E001", "code, id does not contain home_area")]


@isolate_apps("danvan.base")
def test_a_unique_field_is_an_error():
    row = area_row(code=models.CharField(max_length=9, unique=True))
    assert errors(row) == [("danvan.E001", "code does not contain home_area")]


@isolate_apps("danvan.base")
def test_a_plain_foreign_key_between_area_rows_is_an_error():
    row = area_row(other=models.ForeignKey("self", models.CASCADE))
    assert errors(row) == [("danvan.E002", "other must be an AreaForeignKey")]


@isolate_apps("danvan.base")
def test_a_row_that_keeps_the_rules_passes():
    row = area_row(
        code=models.CharField(max_length=9),
        other=AreaForeignKey("self", models.CASCADE),
        meta={"constraints": [models.UniqueConstraint(fields=["home_area", "code"], name="code_once")]},
    )
    assert errors(row) == []


def test_all_our_area_rows_pass():
    ours = [model for model in apps.get_models() if issubclass(model, AreaModel)]
    assert len(ours) > 10
    assert [error for model in ours for error in errors(model)] == []


def test_the_system_has_nothing_to_say(db):
    assert run_checks() == []
