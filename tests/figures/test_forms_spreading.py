"""Circles of a map stand beside each other, and names on the side that is free."""

from math import hypot

from pilotage.figures.forms.spreading import covered, spread

CROWD = [(100.0, 100.0, 14.0), (104.0, 101.0, 9.0), (96.0, 108.0, 9.0), (100.0, 100.0, 7.0), (300.0, 40.0, 5.0)]


def test_no_two_circles_touch_and_the_large_one_hardly_moves() -> None:
    moved = spread(CROWD, 1)
    for first, one in enumerate(moved):
        for other in moved[first + 1 :]:
            assert hypot(one[0] - other[0], one[1] - other[1]) >= one[2] + other[2] + 0.9
    assert moved[4] == CROWD[4]
    assert hypot(moved[0][0] - 100, moved[0][1] - 100) < 14
    assert [circle[2] for circle in moved] == [circle[2] for circle in CROWD]


def test_the_same_circles_are_put_at_the_same_places() -> None:
    assert spread(CROWD, 1) == spread(CROWD, 1)


def test_what_is_free_is_not_covered() -> None:
    assert covered((0, 0, 40, 10), CROWD, [(50, 0, 80, 10)]) == 0
    assert covered((90, 90, 130, 110), CROWD, []) > 0
    assert covered((0, 0, 40, 10), [], [(30, 5, 80, 15)]) == 50
