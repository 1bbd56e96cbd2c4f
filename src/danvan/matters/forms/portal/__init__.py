"""What citizens type, as clean values. Every sentence stands at its field; nothing they typed is repeated in it."""

from danvan.matters.forms.portal.following import (
    AddForm,
    AnswerQuestionForm,
    EraseForm,
    TrackForm,
    VerdictForm,
    WithdrawForm,
)
from danvan.matters.forms.portal.sending import (
    COMPLAINT,
    DENUNCIATION,
    URGENT,
    ContentForm,
    KindForm,
    PlaceForm,
    ReplyForm,
)

__all__ = [
    "COMPLAINT",
    "DENUNCIATION",
    "URGENT",
    "AddForm",
    "AnswerQuestionForm",
    "ContentForm",
    "EraseForm",
    "KindForm",
    "PlaceForm",
    "ReplyForm",
    "TrackForm",
    "VerdictForm",
    "WithdrawForm",
]
