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
    DecisionForm,
    KindForm,
    NamedForm,
    PlaceForm,
    ReplyForm,
    RequestsForm,
    WhoForm,
)

__all__ = [
    "COMPLAINT",
    "DENUNCIATION",
    "URGENT",
    "AddForm",
    "AnswerQuestionForm",
    "ContentForm",
    "DecisionForm",
    "EraseForm",
    "KindForm",
    "NamedForm",
    "PlaceForm",
    "ReplyForm",
    "RequestsForm",
    "TrackForm",
    "VerdictForm",
    "WhoForm",
    "WithdrawForm",
]
