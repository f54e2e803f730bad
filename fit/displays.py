"""What a desktop takes of a card that drives a display. MiB is 2^20 bytes."""

from enum import Enum


class Display(Enum):
    """What is shown on the screens of a card."""

    HEADLESS = "headless"
    DESKTOP = "desktop"
    WINDOWS = "windows"


# Medians of what idle desktops were seen to take, rounded: Linux 211, 214, 596, 604, 785 and 1,643; Windows from 702 to
# 1,846 (two monitors), most between 763 and 1,115. Programs come on top: a browser and a chat made it 2.8 and 3.5 GB.
DESKTOP_MIB = 600
WINDOWS_MIB = 1000
TAKEN_MIB = {Display.HEADLESS: 0, Display.DESKTOP: DESKTOP_MIB, Display.WINDOWS: WINDOWS_MIB}
