"""Handing a kept photo or paper to a browser."""

from django.http import HttpResponse

from danvan.base.papers import file_name


def shown(data: bytes, media_type: str, number: int) -> HttpResponse:
    """A photo may be looked at in the page; a paper is only ever saved, so that no browser runs what it may hold."""
    response = HttpResponse(data, content_type=media_type)
    place = "inline" if media_type.startswith("image/") else "attachment"
    response.headers["Content-Disposition"] = f'{place}; filename="{file_name(media_type, number)}"'
    return response
