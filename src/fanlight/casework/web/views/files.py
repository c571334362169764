"""The files that a page gives: what each is, and the name under which it goes, which says nothing."""

from collections.abc import Mapping

FILES: Mapping[str, tuple[str, str]] = {
    "pdf": ("application/pdf", "document.pdf"),
    "protected": ("application/pdf", "document.pdf"),
    "word": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "document.docx"),
}
