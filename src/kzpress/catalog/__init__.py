"""Catalogues: gettext .po files read, written, and brought up to date without losing a reviewer's work."""

from kzpress.catalog.header import first_drafted, header
from kzpress.catalog.merge import SIMILAR, is_answered, is_edited, is_left_to_a_person, merge, put_right, untouched
from kzpress.catalog.po import read, render, update, write

__all__ = [
    "SIMILAR",
    "first_drafted",
    "header",
    "is_answered",
    "is_edited",
    "is_left_to_a_person",
    "merge",
    "put_right",
    "read",
    "render",
    "untouched",
    "update",
    "write",
]
