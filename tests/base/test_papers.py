"""A paper from a citizen is made anew: it shows what it showed, tells nobody who wrote it, and cannot act."""

import io
import zipfile

import docx
import pypdf
import pytest
import segno
import typst
from docx.shared import Inches
from PIL import Image
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)

from danvan.base.errors import Invalid
from danvan.base.papers import PDF, WORD, Paper, clean_enclosure, file_name
from danvan.base.photos import Photo

CARD = "092085001234|362145879|Nguyễn Thị Hoa|01011962|Nữ|Ấp 3, xã Bình An|01022022"


def a_pdf(tmp_path, text="Đơn xin sửa cầu Đỏ.", pages=1, picture=None):
    source = tmp_path / "don.typ"
    body = "\n#pagebreak()\n".join([text] * pages)
    if picture:
        (tmp_path / "anh.jpg").write_bytes(picture)
        body += '\n#image("anh.jpg")'
    source.write_text(f'#set document(title: "Đơn mật danh", author: "Trần Văn Lực")\n{body}', encoding="utf-8")
    return typst.compile(str(source))


def a_docx(text="Đơn xin sửa cầu Đỏ.", header="", picture=None):
    document = docx.Document()
    document.core_properties.author, document.core_properties.title = "Trần Văn Lực", "Đơn của ông Lực"
    document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if picture:
        document.add_picture(io.BytesIO(picture), width=Inches(2))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def a_jpeg(text="", size=(1200, 800)):
    image = Image.new("RGB", size, "white")
    if text:
        code = io.BytesIO()
        segno.make(text, micro=False).save(code, kind="png", scale=5)
        image.paste(Image.open(code).convert("RGB"), (300, 200))
    exif = Image.Exif()
    exif[0x0110] = "Xiaomi 13"
    file = io.BytesIO()
    image.save(file, "JPEG", exif=exif, comment=b"chup o nha ong Ba")
    return file.getvalue()


def changed_pdf(data, change):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    change(writer)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def changed_docx(data, **parts):
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, parts.pop(part, old.read(part)))
        for part, content in parts.items():
            new.writestr(part, content)
    return file.getvalue()


def refusal(data):
    with pytest.raises(Invalid) as refused:
        clean_enclosure(data)
    assert refused.value.field == "photos"
    return refused.value.code


def pages_of(paper):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper.data)).pages]


def test_a_pdf_keeps_its_pages_and_forgets_its_writer(tmp_path):
    before = a_pdf(tmp_path, pages=2)
    assert pypdf.PdfReader(io.BytesIO(before)).metadata.author == "Trần Văn Lực"
    paper = clean_enclosure(before)
    after = pypdf.PdfReader(io.BytesIO(paper.data))
    assert (paper.media_type, pages_of(paper)) == (PDF, ["Đơn xin sửa cầu Đỏ."] * 2)
    assert (after.metadata, after.xmp_metadata) == (None, None)
    told = ["Trần Văn Lực".encode(), "Trần Văn Lực".encode("utf-16-be"), b"xpacket"]
    assert [mark for mark in told if mark in paper.data] == []
    assert set(after.root_object) == {"/Type", "/Pages"}


def test_a_photo_inside_a_pdf_forgets_where_it_was_taken(tmp_path):
    before = a_pdf(tmp_path, picture=a_jpeg())
    assert b"Xiaomi" in before
    after = clean_enclosure(before)
    assert b"Xiaomi" not in after.data
    assert pypdf.PdfReader(io.BytesIO(after.data)).pages[0].images[0].image.size == (1200, 800)


def test_a_cleaned_paper_may_be_cleaned_again(tmp_path):
    once = clean_enclosure(a_pdf(tmp_path))
    assert pages_of(clean_enclosure(once.data)) == pages_of(once)


def script(writer):
    action = DictionaryObject({
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject("app.alert(1)"),
    })  # fmt: skip
    writer.root_object[NameObject("/OpenAction")] = action


def launch(writer):
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")})
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)


def hidden_script(writer):
    """The name of the action is written with its letters as numbers, which a search in the file would miss."""
    link = DictionaryObject({
        NameObject("/Subtype"): NameObject("/Link"),
        NameObject("/Rect"): ArrayObject(map(FloatObject, (0, 0, 9, 9))),
        NameObject("/A"): DictionaryObject({NameObject("/S"): NameObject("/JavaScript")}),
    })  # fmt: skip
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])


def attachment(writer):
    writer.add_attachment("bang.xls", b"\xd0\xcf")


def dynamic_form(writer):
    form = DictionaryObject({NameObject("/XFA"): DecodedStreamObject()})
    writer.root_object[NameObject("/AcroForm")] = form


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (script, "pdf-runs"),
        (launch, "pdf-runs"),
        (hidden_script, "pdf-runs"),
        (dynamic_form, "pdf-runs"),
        (attachment, "pdf-carries"),
        (lambda writer: writer.encrypt("123"), "pdf-locked"),
        (lambda writer: writer.encrypt("", "chu"), "pdf-locked"),
    ],
)
def test_a_pdf_that_acts_carries_or_is_locked_is_refused(tmp_path, change, code):
    assert refusal(changed_pdf(a_pdf(tmp_path), change)) == code


def test_a_pdf_with_too_many_pages_is_refused():
    writer = pypdf.PdfWriter()
    for _page in range(101):
        writer.add_blank_page(100, 100)
    file = io.BytesIO()
    writer.write(file)
    assert refusal(file.getvalue()) == "pdf-pages"


def test_a_pdf_that_unpacks_without_end_is_refused():
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(100, 100)
    stream = DecodedStreamObject()
    stream.set_data(b"0 0 m " * 4_000_000)
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    file = io.BytesIO()
    writer.write(file)
    assert len(file.getvalue()) < 100_000
    assert refusal(file.getvalue()) in {"pdf-large", "pdf-broken"}


def test_a_pdf_of_countless_objects_is_refused():
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.root_object[NameObject("/Names")] = ArrayObject(
        writer._add_object(DictionaryObject()) for _number in range(30_010)
    )
    file = io.BytesIO()
    writer.write(file)
    assert refusal(file.getvalue()) == "pdf-large"


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"%PDF-1.4" + b"\x00" * 500])
def test_a_broken_pdf_is_refused(data):
    assert refusal(data) in {"pdf-broken", "pdf-empty"}


def test_a_word_paper_keeps_its_text_and_forgets_its_writer():
    paper = clean_enclosure(a_docx())
    again = docx.Document(io.BytesIO(paper.data))
    assert (paper.media_type, [p.text for p in again.paragraphs]) == (WORD, ["Đơn xin sửa cầu Đỏ."])
    assert again.core_properties.author in {"", "python-docx"}
    with zipfile.ZipFile(io.BytesIO(paper.data)) as package:
        assert [name for name in package.namelist() if name.startswith("docProps/")] == []
        assert [name for name in package.namelist() if "Lực".encode() in package.read(name)] == []


def test_tracked_changes_lose_the_names_of_who_made_them():
    text = a_docx()
    with zipfile.ZipFile(io.BytesIO(text)) as package:
        document = package.read("word/document.xml")
    mark = b'<w:ins w:id="1" w:author="Luc" w:date="2026-01-01T00:00:00Z"><w:r><w:t>moi</w:t></w:r></w:ins></w:p>'
    paper = clean_enclosure(changed_docx(text, **{"word/document.xml": document.replace(b"</w:p>", mark, 1)}))
    with zipfile.ZipFile(io.BytesIO(paper.data)) as package:
        kept = package.read("word/document.xml")
    assert (b'w:author="Luc"' in kept, b'w:author=""' in kept, b">moi<" in kept) == (False, True, True)


def test_a_photo_inside_a_word_paper_forgets_where_it_was_taken():
    paper = clean_enclosure(a_docx(picture=a_jpeg()))
    with zipfile.ZipFile(io.BytesIO(paper.data)) as package:
        (picture,) = [package.read(name) for name in package.namelist() if name.startswith("word/media/")]
    assert (b"Xiaomi" in picture, Image.open(io.BytesIO(picture)).size) == (False, (1200, 800))


MACRO = {"word/vbaProject.bin": b"\xd0\xcf"}
TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (MACRO, "word-runs"),
        ({"[Content_Types].xml": TYPES}, "word-runs"),
        ({"word/embeddings/oleObject1.bin": b"\xd0\xcf"}, "word-carries"),
        ({"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'}, "word-broken"),
        ({"word/document.xml": b"<w:document"}, "word-broken"),
        ({"word/media/trong.bmp": b"\0" * 61_000_000}, "word-large"),
    ],
)
def test_a_word_paper_that_acts_carries_or_swells_is_refused(parts, code):
    assert refusal(changed_docx(a_docx(), **parts)) == code


def test_what_word_would_fetch_from_elsewhere_is_unhooked():
    relation = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://xau.example/m.dotm" TargetMode="External"/></Relationships>'
    text = a_docx()
    with zipfile.ZipFile(io.BytesIO(text)) as package:
        relations = package.read("word/_rels/document.xml.rels").replace(b"</Relationships>", relation)
    paper = clean_enclosure(changed_docx(text, **{"word/_rels/document.xml.rels": relations}))
    with zipfile.ZipFile(io.BytesIO(paper.data)) as package:
        assert [name for name in package.namelist() if b"xau.example" in package.read(name)] == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "word-old"),
        (b"PK\x03\x04", "word-broken"),
        (b"MZ\x90\x00", "photo-unknown"),
        (b"", "photo-empty"),
    ],
)
def test_what_is_neither_photo_nor_paper_is_refused(data, code):
    assert refusal(data) == code


def test_a_spreadsheet_is_no_paper():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("xl/workbook.xml", "<x/>")
    assert refusal(file.getvalue()) == "paper-unknown"


def test_a_photo_is_taken_as_a_photo():
    assert isinstance(clean_enclosure(a_jpeg()), Photo)


def test_a_stamped_pdf_is_refused(tmp_path):
    assert refusal(a_pdf(tmp_path, "CÔNG AN TỈNH MẪU\n\nTỐI MẬT\n\nKế hoạch")) == "secret"


@pytest.mark.parametrize("where", ["text", "header"])
def test_a_stamped_word_paper_is_refused(where):
    assert refusal(a_docx(**{where: "TUYỆT MẬT"})) == "secret"


def test_the_code_of_an_identity_card_is_seen_in_a_photo_and_in_papers(tmp_path):
    card = a_jpeg(CARD)
    assert [refusal(card), refusal(a_pdf(tmp_path, picture=card)), refusal(a_docx(picture=card))] == ["card"] * 3


def test_another_code_in_a_photo_is_no_card():
    assert isinstance(clean_enclosure(a_jpeg("https://binhan.mau.gov.vn/tra-cuu/")), Photo)


def test_the_lines_of_a_card_in_a_text_layer_are_seen():
    assert refusal(a_docx("IDVNM0850012341092085001234<<4\n6201015F3201019VNM<<<<<<<<<<<8")) == "card"


def test_a_paper_is_handed_out_under_a_neutral_name():
    assert [file_name(PDF, 1), file_name(WORD, 2), file_name("image/jpeg", 3)] == [
        "giay-to-1.pdf",
        "giay-to-2.docx",
        "anh-3.jpeg",
    ]
    assert isinstance(clean_enclosure(a_docx()), Paper)
