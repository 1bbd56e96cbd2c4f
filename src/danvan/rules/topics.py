"""Suggests a topic for a text, from texts whose topic a clerk has decided; says why, and stays silent when unsure.

A straight line for each topic (linear support vectors, balanced) through words with accents, the same without, and runs
of letters: what did best with few examples, and as well without accents as with. How sure it may be is learned from
texts it has not seen, the newest fifth; below nine right in ten it says nothing. It judges texts, never persons.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from danvan.rules.likeness import signature
from danvan.rules.text import fold, nfc

LEAST = 200
"""Examples in all before anything is suggested."""
LEAST_OF_A_TOPIC = 10
RIGHT = 0.90
LEAST_SEEN = 20
"""Unseen texts above a margin before its share of right ones counts for anything."""
STRONGEST = 4_000
TOLD_BEFORE = 8
"""Marks of sixteen that a text shares with one learned from."""
_EPOCHS, _COST, _RUNS = 6, 1.0, (3, 4, 5)


@dataclass(frozen=True)
class Model:
    """Weights of each topic; `sure` maps a margin (ten steps) to the share that was right from there on."""

    weights: Mapping[str, Mapping[str, float]]
    rarity: Mapping[str, float]
    sure: Sequence[tuple[float, float]]
    examples: int


@dataclass(frozen=True)
class Suggestion:
    """`confidence` is the share of unseen texts that were right with a margin as wide; `words` as they stand there."""

    topic: str
    confidence: float
    words: tuple[str, ...]


def features(text: str) -> Counter[str]:
    """`w`: words and pairs with accents; `f`: without; `c`: runs of letters inside words."""
    accented, folded = _words(nfc(text).lower()), fold(text).split()
    found = Counter(f"w{word}" for word in _with_pairs(accented))
    found.update(f"f{word}" for word in _with_pairs(folded))
    found.update(f"c{run}" for word in folded for run in _runs(f" {word} "))
    return found


def _words(text: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in text).split()


def _with_pairs(words: Sequence[str]) -> list[str]:
    return [*words, *(f"{one} {two}" for one, two in pairwise(words))]


def _runs(word: str) -> list[str]:
    return [word[at : at + size] for size in _RUNS for at in range(len(word) - size + 1)]


def train(examples: Sequence[tuple[str, str]]) -> Model | None:
    """From (text, topic), oldest first; none where they are too few to learn from and to be judged by."""
    common = {topic for topic, many in Counter(topic for _text, topic in examples).items() if many >= LEAST_OF_A_TOPIC}
    kept = [(text, topic) for text, topic in examples if topic in common]
    if len(kept) < LEAST or len(common) < 2:
        return None
    cut = len(kept) * 4 // 5
    trial = _fitted(kept[:cut])
    judged = [(_ranked(trial, features(text)), topic) for text, topic in _never_told(kept[:cut], kept[cut:])]
    judged = [(ranked, topic) for ranked, topic in judged if len(ranked) > 1]
    whole = _fitted(kept)
    return Model(
        whole.weights, whole.rarity, _shares([(r[0][0] - r[1][0], r[0][1] == t) for r, t in judged]), len(kept)
    )


def _never_told(learned: Sequence[tuple[str, str]], asked: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Leaves out what was learned from in much the same words: getting that right proves nothing about a new case."""
    holders: dict[int, set[int]] = defaultdict(set)
    for place, (text, _topic) in enumerate(learned):
        for mark in signature(text):
            holders[mark].add(place)
    fresh = []
    for text, topic in asked:
        shared = Counter(place for mark in signature(text) for place in holders[mark])
        if max(shared.values(), default=0) < TOLD_BEFORE:
            fresh.append((text, topic))
    return fresh


def suggest(model: Model | None, text: str) -> Suggestion | None:
    """Nothing where there is no model, no known word, or too little certainty."""
    if model is None:
        return None
    found = features(text)
    ranked = _ranked(model, found)
    if len(ranked) < 2:
        return None
    margin, topic = ranked[0][0] - ranked[1][0], ranked[0][1]
    confidence = max((share for width, share in model.sure if margin >= width), default=0.0)
    words = _speaking(model, topic, text)
    return Suggestion(topic, confidence, words) if confidence >= RIGHT and words else None


def _ranked(model: Model, found: Counter[str]) -> list[tuple[float, str]]:
    values = _weighed(found, model.rarity)
    scores = [(sum(line.get(name, 0.0) * value for name, value in values.items()) + line.get("", 0.0), topic)
              for topic, line in model.weights.items()]  # fmt: skip
    return sorted(scores, reverse=True) if values else []


def _weighed(found: Counter[str], rarity: Mapping[str, float]) -> dict[str, float]:
    """Rare words weigh more, repeated ones little more, and a long text no more than a short one."""
    values = {name: (1 + math.log(many)) * rarity[name] for name, many in found.items() if name in rarity}
    length = math.sqrt(sum(value * value for value in values.values()))
    return {name: value / length for name, value in values.items()} if length else {}


def _speaking(model: Model, topic: str, text: str) -> tuple[str, ...]:
    """Up to five words of the text that spoke for the topic, the loudest first."""
    line = model.weights[topic]
    loud: dict[str, float] = {}
    for word in dict.fromkeys(_words(nfc(text).lower())):
        weight = sum(line.get(name, 0.0) * model.rarity.get(name, 0.0) for name in (f"w{word}", f"f{fold(word)}"))
        if weight > 0 and len(word) > 1:
            loud[word] = weight
    return tuple(sorted(loud, key=lambda word: (-loud[word], word))[:5])


def _shares(judged: Sequence[tuple[float, bool]]) -> tuple[tuple[float, float], ...]:
    """For each margin that enough unseen texts reached: how many of these were right."""
    widest = sorted(judged, reverse=True)
    shares, right = [], 0
    for many, (margin, was_right) in enumerate(widest, 1):
        right += was_right
        if many >= LEAST_SEEN and many % max(1, len(widest) // 10) == 0:
            shares.append((margin, right / many))
    return tuple(shares)


def _fitted(examples: Sequence[tuple[str, str]]) -> Model:
    counted = [features(text) for text, _topic in examples]
    spread = Counter(name for found in counted for name in found)
    rarity = {name: 1 + math.log((1 + len(counted)) / (1 + many)) for name, many in spread.items() if many > 1}
    rows = [list(_weighed(found, rarity).items()) for found in counted]
    topics = sorted({topic for _text, topic in examples})
    weights = {topic: _line(rows, [1 if each == topic else -1 for _text, each in examples]) for topic in topics}
    named = {name for line in weights.values() for name in line}
    return Model(weights, {name: rarity[name] for name in rarity if name in named}, (), len(examples))


def _line(rows: Sequence[Sequence[tuple[str, float]]], sides: Sequence[int]) -> dict[str, float]:
    """Dual coordinate descent for a support-vector line with squared hinge; the rarer side counts as much in all."""
    positive = sum(side > 0 for side in sides)
    cost = {1: _COST * len(sides) / (2 * positive), -1: _COST * len(sides) / (2 * (len(sides) - positive))}
    line: dict[str, float] = defaultdict(float)
    multipliers, order, random = [0.0] * len(rows), list(range(len(rows))), Random(11)  # noqa: S311 -- repeatable
    for _epoch in range(_EPOCHS):
        random.shuffle(order)
        for place in order:
            row, side = rows[place], sides[place]
            if not row:
                continue
            own = 1 / (2 * cost[side])
            gap = (
                side * (line[""] + sum(line.get(name, 0.0) * value for name, value in row))
                - 1
                + own * multipliers[place]
            )
            before = multipliers[place]
            multipliers[place] = max(0.0, before - gap / (2 + own))
            change = (multipliers[place] - before) * side
            if change:
                line[""] += change
                for name, value in row:
                    line[name] += change * value
    strongest = sorted(line, key=lambda name: (name != "", -abs(line[name])))[: STRONGEST + 1]
    return {name: round(line[name], 5) for name in strongest if line[name]}
