"""Every write about a matter. The step is taken in the core first; the words, the files and the notices follow in the
same transaction, so that either all of it stands or none.
"""

from danvan.matters.access import pin_key
from danvan.matters.actions.acts import describe, do
from danvan.matters.actions.cases import CaseSaid
from danvan.matters.actions.done import Done
from danvan.matters.actions.letters import Registered, register_letter
from danvan.matters.actions.linking import Link, forget_marks, link_matters, receive_linked, unlink_matters
from danvan.matters.actions.own_data import copy_of_own, erase_own_contact
from danvan.matters.actions.publishing import ToPublish, publish_answer, withdraw_answer
from danvan.matters.actions.register import LetterSaid
from danvan.matters.actions.releasing import release_letter
from danvan.matters.actions.steps import Words, act, citizen_act, give_verdict, realign_holders, renew_running
from danvan.matters.actions.taking_in import (
    MAX_CONTENT,
    MAX_POINTS,
    MIN_CONTENT,
    NOT_NAMED,
    Received,
    Said,
    Sender,
    build_matter,
    promise_of,
    receive,
)
from danvan.matters.actions.topics import learn_topics
from danvan.matters.actions.turn_contacts import renew_received
from danvan.matters.actions.views import drop_view, save_view

__all__ = [
    "MAX_CONTENT",
    "MAX_POINTS",
    "MIN_CONTENT",
    "NOT_NAMED",
    "CaseSaid",
    "Done",
    "LetterSaid",
    "Link",
    "Received",
    "Registered",
    "Said",
    "Sender",
    "ToPublish",
    "Words",
    "act",
    "build_matter",
    "citizen_act",
    "copy_of_own",
    "describe",
    "do",
    "drop_view",
    "erase_own_contact",
    "forget_marks",
    "give_verdict",
    "learn_topics",
    "link_matters",
    "pin_key",
    "promise_of",
    "publish_answer",
    "realign_holders",
    "receive",
    "receive_linked",
    "register_letter",
    "release_letter",
    "renew_received",
    "renew_running",
    "save_view",
    "unlink_matters",
    "withdraw_answer",
]
