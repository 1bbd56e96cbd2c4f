"""Rows that belong to a province of origin.

`home_area` is at once the origin of federation, the partition key and the distribution column: set once, never
changed, part of every unique constraint, and repeated in every join between two such rows. Who handles a row today
is another column.
"""

from typing import Any, TypeVar
from uuid import UUID

from django.core import checks
from django.db import models
from django.db.models.sql.where import AND, WhereNode

from danvan.base.ids import area_of, new_id

M = TypeVar("M", bound=models.Model)


class AreaForeignKey(models.ForeignKey[Any, Any]):
    """A foreign key between two area rows: every join and every fetch also compares `home_area`."""

    def get_extra_restriction(self, alias: str | None, related_alias: str | None) -> WhereNode | None:
        if not alias or not related_alias:
            return None
        own: Any = self.model._meta.get_field("home_area")
        other: Any = self.related_model._meta.get_field("home_area")
        return WhereNode([own.get_lookup("exact")(own.get_col(related_alias), other.get_col(alias))], AND)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Refuses a row of another area: such a link would be written and never found again."""
        value = super().pre_save(model_instance, add)
        if value is not None and area_of(value) != model_instance.home_area:  # type: ignore[attr-defined]
            raise ValueError(f"{self} leads from area {model_instance.home_area} to {value}")  # type: ignore[attr-defined]
        return value

    def get_extra_descriptor_filter(self, instance: models.Model) -> dict[str, Any]:
        return {"home_area": instance.home_area}  # type: ignore[attr-defined]


class AreaQuerySet(models.QuerySet[M]):
    def get(self, *args: Any, **kwargs: Any) -> M:
        """Fetching by id adds the area the id carries, so that the fetch goes to one partition."""
        key = kwargs.get("pk", kwargs.get("id"))
        if isinstance(key, UUID) and "home_area" not in kwargs:
            kwargs["home_area"] = area_of(key)
        return super().get(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        if "home_area" in kwargs:
            raise ValueError("home_area is set once and never changed")
        return super().update(**kwargs)


class AreaModel(models.Model):
    id = models.UUIDField(primary_key=True, editable=False)
    home_area = models.SmallIntegerField(editable=False)

    objects = AreaQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if not args and "home_area" in kwargs and "id" not in kwargs:
            kwargs["id"] = new_id(kwargs["home_area"])
        super().__init__(*args, **kwargs)

    def _do_update(self, *args: Any, **kwargs: Any) -> Any:
        """Updates one partition only, and never the area itself."""
        rows, using, key, values, *rest = args
        kept = [value for value in values if value[0].name != "home_area"]
        return super()._do_update(rows.filter(home_area=self.home_area), using, key, kept, *rest, **kwargs)

    @classmethod
    def check(cls, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *_unique_without_area(cls), *_keys_without_area(cls)]


def _unique_without_area(model: type[AreaModel]) -> list[checks.CheckMessage]:
    uniques = [c for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)]
    wrong = [c.name for c in uniques if "home_area" not in c.fields]
    wrong += [", ".join(pair) for pair in model._meta.unique_together if "home_area" not in pair]
    wrong += [f.name for f in model._meta.local_fields if f.unique and not f.primary_key]
    return [checks.Error(f"{name} does not contain home_area", obj=model, id="danvan.E001") for name in wrong]


def _keys_without_area(model: type[AreaModel]) -> list[checks.CheckMessage]:
    wrong = [
        field.name
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and issubclass(field.remote_field.model, AreaModel)
        and not isinstance(field, AreaForeignKey)
    ]
    return [checks.Error(f"{name} must be an AreaForeignKey", obj=model, id="danvan.E002") for name in wrong]
