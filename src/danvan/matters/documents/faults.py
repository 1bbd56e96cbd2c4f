"""What is wrong with the words of papers as they would be used now, for the operator."""

from danvan.matters.documents.bases import laws
from danvan.matters.documents.wordings import SHIPPED, Faulty, own_folder, shipped_keys, wording


def faults() -> list[str]:
    """Wordings and laws that are refused, and files among the operator's that nothing reads."""
    found = []
    for key in shipped_keys():
        try:
            wording(key)
        except Faulty as fault:
            found.append(fault.sentence)
    try:
        laws()
    except Faulty as fault:
        found.append(fault.sentence)
    known = {path.name for path in SHIPPED.iterdir()}
    own = own_folder()
    strangers = sorted(path.name for path in own.iterdir() if path.name not in known) if own.is_dir() else []
    return [*found, *(f"{own / name}: không phải tên của mẫu văn bản nào." for name in strangers)]
