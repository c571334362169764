"""Pictures drawn from values: numbers for an SVG that needs no style and no script of its own. Each has a table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fanlight.casework.queries.assessments import AssessmentLine

WIDTH, HEIGHT = 400, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 80, 4, 8, 30


@dataclass(frozen=True, slots=True)
class Level:
    """A grade as a stripe of the picture, from `top` down; `name_at` is where its name stands."""

    grade: str
    at_least: int
    top: float
    height: float
    name_at: float


@dataclass(frozen=True, slots=True)
class Point:
    """An assessment as a point; `is_raised` where something other than the score made its grade."""

    x: float
    y: float
    score: int
    sequence: int
    number: int
    is_raised: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """How the scores of one instrument went: its grades as stripes, each assessment a point, in the order in which they were made."""

    title: str
    says: str
    levels: tuple[Level, ...]
    points: tuple[Point, ...]
    line: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    bottom: int = HEIGHT - _BOTTOM


def trends_of(lines: Sequence[AssessmentLine]) -> tuple[Trend, ...]:
    """This function will draw the assessments of our own that stand, an instrument a picture, where it has two or more."""
    ours = [line for line in reversed(lines) if line.is_ours and not line.is_struck and line.series and line.most]
    series = dict.fromkeys(line.series for line in ours)
    each = ([line for line in ours if line.series == name] for name in series)
    return tuple(_trend(of_one) for of_one in each if len(of_one) > 1)


def _trend(lines: Sequence[AssessmentLine]) -> Trend:
    last = lines[-1]
    most = max(line.most for line in lines)
    across = WIDTH - _LEFT - _RIGHT
    points = tuple(
        Point(
            x=round(_LEFT + across * (number + 0.5) / len(lines), 1),
            y=_height(line.score or 0, most),
            score=line.score or 0,
            sequence=line.sequence,
            number=number + 1,
            is_raised=line.raised or bool(line.decided),
        )
        for number, line in enumerate(lines)
    )
    scores = [str(point.score) for point in points]
    return Trend(
        title=last.title,
        says=f"Scores in the order in which they were made: {', '.join(scores)}. The same is in the table below.",
        levels=_levels(last.bands, most),
        points=points,
        line=" ".join(f"{point.x},{point.y}" for point in points),
    )


def _height(score: int, most: int) -> float:
    return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * min(score, most) / most, 1)


def _levels(bands: Sequence[tuple[str, int]], most: int) -> tuple[Level, ...]:
    found, top = [], float(_TOP)
    for grade, at_least in bands:
        bottom = _height(at_least, most)
        found.append(Level(grade, at_least, top, round(bottom - top, 1), round((top + bottom) / 2 + 5, 1)))
        top = bottom
    return tuple(found)
