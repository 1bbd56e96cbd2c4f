"""Whether the law lets a clock be lengthened or stopped; the sentence says why not, None means it does."""

from functools import cache

from danvan.rules.clock.table import UNITS, ClockRule, ExtensionRule, raw


def may_extend(
    rule: ClockRule, already: int = 0, *, days: int | None = None, criteria: int | None = None
) -> str | None:
    """`already` = extensions granted before; `days` = days of this one, where known.

    `criteria` = ticked signs of complexity (see `complexity_criteria`); not given, the most the rule allows is allowed.
    """
    if rule.ext is None:
        return _no_extension(rule)
    if days is not None and not 1 <= days <= rule.ext.days:
        return f"Mỗi lần gia hạn {rule.id} từ 1 đến {rule.ext.days} {UNITS[rule.unit]}."
    return _too_often(rule.id, rule.ext, already, criteria)


def may_pause(rule: ClockRule) -> str | None:
    if rule.pauses:
        return None
    return f"Thời hạn của {rule.id} ({rule.version}) không được tạm dừng: {rule.source} không quy định."


@cache
def complexity_criteria() -> dict[str, str]:
    """The signs that make a denunciation complex (one) or specially complex (two and more), by slug."""
    return dict(raw()["complexity"]["criteria"])


def _too_often(rule_id: str, ext: ExtensionRule, already: int, criteria: int | None) -> str | None:
    if criteria == 0 and ext.times < ext.special:
        return "Chỉ được gia hạn khi vụ việc có ít nhất một tiêu chí phức tạp."
    allowed = ext.times if criteria == 1 else ext.special
    if already < allowed:
        return None
    if allowed < ext.special:
        return f"Vụ việc phức tạp chỉ được gia hạn {allowed} lần; từ hai tiêu chí trở lên mới là đặc biệt phức tạp."
    return f"Đã gia hạn {already} lần, là mức tối đa của {rule_id}."


def _no_extension(rule: ClockRule) -> str:
    if rule.complex or rule.remote:
        return (
            f"{rule.id} không được gia hạn: thời hạn dài hơn cho vụ việc phức tạp hoặc vùng sâu, vùng xa "
            "là mức trần tính từ cùng ngày bắt đầu."
        )
    return f"{rule.id} không có quy định gia hạn ({rule.source})."
