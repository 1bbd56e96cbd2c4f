"""How often the suggested field is right on sentences of a kind never learned from.

    python -m bench.topics.measure

Each field has twelve sentences, put into letters of changing place and time. Of every field three sentences are never
learned from and only judged by: what counts is a new trouble, not an old one told again. Made up, and far smaller than
an office's year.
"""

import time
from collections import defaultdict
from pathlib import Path
from random import Random

from danvan.rules.text import fold
from danvan.rules.topics import Model, _ranked, features, suggest, train

HERE = Path(__file__).parent
AROUND = (
    "Kính gửi xã, ở {p} {s} từ {t}. Mong sớm giải quyết.",
    "{p}: {s}, {t} rồi chưa ai xem.",
    "Tôi ở {p} xin phản ánh: {s}. Sự việc có {t}.",
    "Bà con {p} kiến nghị vì {s}, kéo dài {t}",
)
PLACES = ("ấp 3", "tổ 7", "xóm Chài", "khu phố Bình Hòa", "ngã ba Lò Gạch", "kênh Ba Ngàn")
TIMES = ("tuần trước", "đầu năm", "mấy tháng nay", "hôm qua", "sau Tết")
FOLDS = 4


def kinds() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in (HERE / "sentences.txt").read_text(encoding="utf-8").splitlines():
        topic, _, sentence = line.partition("|")
        found[topic].append(sentence)
    return found


def letters(sentences: dict[str, list[str]], each: int, seed: int) -> list[tuple[str, str]]:
    random = Random(seed)  # noqa: S311 -- the same letters every time
    made = [
        (random.choice(AROUND).format(p=random.choice(PLACES), s=sentence, t=random.choice(TIMES)), topic)
        for topic, all_of_it in sentences.items()
        for sentence in all_of_it
        for _time in range(each)
    ]
    random.shuffle(made)
    return made


def judged(model: Model, asked: list[tuple[str, str]], *, bare: bool) -> tuple[float, float, float, float]:
    ranked = [([t for _s, t in _ranked(model, features(fold(x) if bare else x))[:2]], topic) for x, topic in asked]
    first = sum(two[0] == topic for two, topic in ranked) / len(asked)
    either = sum(topic in two for two, topic in ranked) / len(asked)
    told = [(suggest(model, fold(text) if bare else text), topic) for text, topic in asked]
    spoken = [(found.topic == topic) for found, topic in told if found]
    return first, either, len(spoken) / len(asked), sum(spoken) / len(spoken) if spoken else 0.0


def main() -> None:
    found = kinds()
    print("| letters | accents | right | right or second | speaks | right when it speaks |\n|---|---|---|---|---|---|")
    for each in (4, 8):
        for bare in (False, True):
            rows = []
            for fold_number in range(FOLDS):
                learned = {topic: [s for n, s in enumerate(all_of_it) if n % FOLDS != fold_number]
                           for topic, all_of_it in found.items()}  # fmt: skip
                unseen = {topic: [s for n, s in enumerate(all_of_it) if n % FOLDS == fold_number]
                          for topic, all_of_it in found.items()}  # fmt: skip
                started, given = time.process_time(), letters(learned, each, 1)
                model = train(given)
                if model is None:
                    raise SystemExit("too few letters to learn from")
                cost = time.process_time() - started
                rows.append(judged(model, letters(unseen, 3, 2), bare=bare))
            means = [sum(column) / FOLDS for column in zip(*rows, strict=True)]
            shown = " | ".join(f"{mean:.2f}" for mean in means)
            print(
                f"| {len(given)} | {'without' if bare else 'with'} | {shown} |  {cost:.1f} s CPU to learn", flush=True
            )


if __name__ == "__main__":
    main()
