"""What the program does besides showing its windows."""

import gc

from ui.program import settle


def test_what_is_there_is_left_out_of_the_search_for_cycles() -> None:
    try:
        settle()
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
