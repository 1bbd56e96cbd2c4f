"""How many letters sent again are found among many, and how many others are taken for one.

    python -m bench.likeness.measure [how many]

Letters are put together from parts, so that many share whole sentences: a hard crowd to be told apart in, and no real
one. Each change is tried on 200 letters. A false alarm is a letter of another kind (a passage of `bench/redaction`)
for which something is shown; letters of the crowd that share their sentences are rightly shown, so they prove nothing.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from random import Random

from bench.redaction.measure import SETS, passages
from danvan.rules.likeness import ALIKE, SHARED, alike, signature
from danvan.rules.text import fold


def _parts(written: str) -> list[str]:
    return [" ".join(part.split()) for part in written.split("|")]


WHAT = _parts("""
cầu {p} gãy lan can | đường vào {p} lầy lội mỗi khi mưa | đèn đường ở {p} tắt đã {n} ngày | rác ở {p} {n} ngày
chưa có xe lấy | cống thoát nước ở {p} bị nghẹt, nước tràn vào nhà | quán karaoke ở {p} mở nhạc tới {n} giờ
khuya | nước máy ở {p} đục và yếu từ {n} ngày nay | trụ điện ở {p} nghiêng sắp ngã | chó thả rông ở {p} cắn trẻ
em | xe tải chở đất qua {p} làm hư mặt đường | trại heo ở {p} xả thải ra kênh | hộ nghèo ở {p} chưa nhận tiền hỗ
trợ tháng {n} | hồ sơ đất của tôi ở {p} nộp {n} tháng chưa có kết quả | chợ tự phát ở {p} lấn hết lề đường
""")
PLACE = _parts("""
cầu Đỏ | hẻm 45 | ấp Bình Hòa | chợ Cái Bè | trường mẫu giáo Hoa Mai | kênh Ba Ngàn | tổ 7 ấp Trung | ngã ba Lò
Gạch | đình Tân Long | khu dân cư Phú Lợi | xóm Chài | đập Ông Hai
""")
SINCE = _parts("""
từ tuần trước | từ đầu năm | sau trận mưa lớn | từ ngày thi công dở dang | mấy tháng nay | từ lúc sáp nhập xã
""")
HARM = _parts("""
trẻ em đi học rất nguy hiểm | người già đi lại khó khăn | đã có hai người té xe | mùi hôi không chịu nổi | bà
con mất ngủ | buôn bán ế ẩm | hoa màu hư hại | xe cấp cứu không vào được
""")
ASKED = _parts("""
đề nghị xã cho người xuống xem | mong cơ quan sớm giải quyết | xin cho biết khi nào làm | đề nghị xử phạt nghiêm
| mong được trả lời bằng văn bản | đề nghị công khai kết quả
""")


def letters(many: int, seed: int) -> list[str]:
    random, made = Random(seed), []  # noqa: S311 -- the same letters every time
    for _number in range(many):
        parts = [
            f"{random.choice(WHAT).format(p=random.choice(PLACE), n=random.randint(2, 29))} {random.choice(SINCE)}",
            *random.sample(HARM, random.randint(1, 3)),
            *random.sample(ASKED, random.randint(1, 2)),
        ]
        made.append(". ".join(part[0].upper() + part[1:] for part in parts) + ".")
    return made


def typos(text: str, random: Random, share: float = 0.06) -> str:
    return "".join(random.choice("aeionhtcgu") if c.isalpha() and random.random() < share else c for c in text)


def dropped(text: str, random: Random) -> str:
    return " ".join(word for word in text.split() if random.random() > 0.15)


CHANGES: dict[str, Callable[[str, Random], str]] = {
    "no accents": lambda text, _random: fold(text),
    "6% of letters mistyped": typos,
    "15% of words dropped": dropped,
    "all three": lambda text, random: typos(dropped(fold(text), random), random),
    "first half only": lambda text, _random: text[: len(text) // 2],
}


class Crowd:
    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.holding: dict[int, list[int]] = defaultdict(list)
        for place, text in enumerate(texts):
            for number in signature(text):
                self.holding[number].append(place)

    def best(self, text: str) -> tuple[float, int]:
        shared: dict[int, int] = defaultdict(int)
        for number in signature(text):
            for place in self.holding[number]:
                shared[place] += 1
        likely = sorted((place for place, many in shared.items() if many >= SHARED), key=lambda place: -shared[place])
        return max(((alike(text, self.texts[place]), place) for place in likely[:30]), default=(0.0, -1))


def main(many: int) -> None:
    texts = letters(many, 1)
    crowd, random = Crowd(texts), Random(5)  # noqa: S311 -- the same changes every time
    asked = random.sample(range(many), 200)
    print(
        f"{many} letters, shown from {ALIKE:.2f}\n\n"
        "| change | found | the right one first | ms CPU each |\n|---|---|---|---|"
    )
    for name, change in CHANGES.items():
        started, found = time.process_time(), [crowd.best(change(texts[place], random)) for place in asked]
        cost = (time.process_time() - started) * 1000 / len(asked)
        shown = sum(score >= ALIKE for score, _place in found)
        right = sum(score >= ALIKE and texts[place] == texts[asked[n]] for n, (score, place) in enumerate(found))
        print(f"| {name} | {shown / 200:.2f} | {right / 200:.2f} | {cost:.1f} |")
    others = [passage.text for name in SETS for passage in passages(name)]
    false = sum(crowd.best(text)[0] >= ALIKE for text in others)
    twins = sum(alike(one, two) >= ALIKE for n, one in enumerate(others) for two in others[n + 1 :])
    print(f"\nfalse alarms: {false} of {len(others)} letters nobody sent; {twins} of their own pairs")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
