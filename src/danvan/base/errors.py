"""The one way an action says no."""


class Refused(Exception):
    """An action was refused; nothing was written.

    `code` is stable and meant for machines; `sentence` is Vietnamese and meant for the person; `field` names the
    input it belongs to, empty where it concerns the whole request.
    """

    status = 409

    def __init__(self, code: str, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.field = field


class Invalid(Refused):
    """The input itself is wrong; the sentence stands at `field`."""

    status = 422


class Forbidden(Refused):
    """The actor's role or post does not allow it, however things stand; nobody needs to look again later."""

    status = 403

    def __init__(self, sentence: str = "Vai trò của bạn không được làm việc này.", code: str = "not-allowed") -> None:
        super().__init__(code, sentence)


class Absent(Refused):
    """Not there, or not for this person: the two are told alike on purpose."""

    status = 404

    def __init__(self, sentence: str = "Không tìm thấy, hoặc không có quyền xem.") -> None:
        super().__init__("absent", sentence)


class TooMany(Refused):
    """Asked for too often; try again later."""

    status = 429
